package dev.terrain.run;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Damages files, by chance and by malice. */
final class Mutation {
  /** Lengths that do not fit: as variable-length, little-endian and big-endian numbers. */
  private static final byte[][] LENGTHS = {
    {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
    {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
    {
      (byte) 0xfe,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      0x01
    },
    {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x02},
    {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
    {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
    {0, 0, 0, 0, 0, 0, 0, (byte) 0x80}
  };

  private static final String[] TEXTS = {
    "&a [*a, *a]",
    "!!java.net.URL",
    "../../../etc/passwd",
    "{",
    "[",
    "1e999",
    "-1",
    "\u0000",
    "\n- "
  };

  private final Random random;

  Mutation(long seed) {
    random = new Random(seed);
  }

  /** One to three damages of a file that is left as it is. */
  byte[] of(byte[] file) {
    byte[] damaged = file;
    for (int i = random.nextInt(3); i >= 0; i--) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] file) {
    int at = file.length == 0 ? 0 : random.nextInt(file.length);
    int more = file.length - at == 0 ? 0 : random.nextInt(file.length - at);
    return switch (random.nextInt(7)) {
      case 0 -> flip(file, at);
      case 1 -> Arrays.copyOf(file, at);
      case 2 -> splice(file, at, new byte[0], Math.min(more, 64));
      case 3 -> splice(file, at, Arrays.copyOfRange(file, at, at + Math.min(more, 200)), 0);
      case 4 -> splice(file, at, LENGTHS[random.nextInt(LENGTHS.length)], random.nextInt(2));
      case 5 -> {
        String text = TEXTS[random.nextInt(TEXTS.length)].repeat(1 + random.nextInt(40));
        yield splice(file, at, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
      }
      default -> {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        yield splice(file, at, noise, noise.length);
      }
    };
  }

  private byte[] flip(byte[] file, int at) {
    if (file.length == 0) {
      return file;
    }
    byte[] damaged = file.clone();
    damaged[at] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }

  private static byte[] splice(byte[] file, int at, byte[] inserted, int removed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    out.writeBytes(inserted);
    int rest = Math.min(file.length, at + removed);
    out.write(file, rest, file.length - rest);
    return out.toByteArray();
  }
}
