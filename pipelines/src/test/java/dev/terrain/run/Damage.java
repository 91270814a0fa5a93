package dev.terrain.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What storage, people and other programs do to files. */
enum Damage {
  FLIPPED_BIT {
    @Override
    void inflict(Path file, List<Path> others, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == 0) {
        Files.write(file, new byte[] {1});
        return;
      }
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
    }
  },
  TRUNCATED {
    @Override
    void inflict(Path file, List<Path> others, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length)));
    }
  },
  DELETED {
    @Override
    void inflict(Path file, List<Path> others, Random random) throws IOException {
      Files.delete(file);
    }
  },
  SWAPPED {
    @Override
    void inflict(Path file, List<Path> others, Random random) throws IOException {
      if (others.isEmpty()) {
        FLIPPED_BIT.inflict(file, others, random);
        return;
      }
      Path other = others.get(random.nextInt(others.size()));
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Files.readAllBytes(other));
      Files.write(other, bytes);
    }
  },
  LENGTHENED {
    @Override
    void inflict(Path file, List<Path> others, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      byte[] more = new byte[1 + random.nextInt(64)];
      random.nextBytes(more);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
      System.arraycopy(more, 0, longer, bytes.length, more.length);
      Files.write(file, longer);
    }
  },
  ZEROED {
    @Override
    void inflict(Path file, List<Path> others, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int start = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      int end = Math.min(bytes.length, start + 16 + random.nextInt(4096));
      Arrays.fill(bytes, start, end, (byte) 0);
      Files.write(file, bytes);
    }
  };

  /**
   * Does it to a file.
   *
   * @param others files of the same kind
   */
  abstract void inflict(Path file, List<Path> others, Random random) throws IOException;
}
