package dev.terrain.plan;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Keys of units in the order in which they were added, in 32 bytes each: as texts, those of the
 * millions of units that a sweep may have would take more memory than everything else.
 */
final class PackedKeys extends AbstractList<String> {
  private static final int BYTES = 32;
  private static final int KEYS_OF_CHUNK = 4096;
  private static final HexFormat HEX = HexFormat.of();

  private final List<byte[]> chunks = new ArrayList<>();
  private int size;

  /** The bytes of a key; empty if the text is no SHA-256 in lower-case hexadecimal digits. */
  static Optional<byte[]> bytes(String key) {
    if (key.length() != 2 * BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      int high = value(key.charAt(2 * i));
      int low = value(key.charAt(2 * i + 1));
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return Optional.of(bytes);
  }

  /** What a digit stands for; negative if it is none. */
  private static int value(char digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
  }

  /**
   * Adds a key.
   *
   * @throws IllegalArgumentException if it is no SHA-256 in lower-case hexadecimal digits
   */
  @Override
  public boolean add(String key) {
    add(checked(key));
    return true;
  }

  /**
   * The bytes of a key.
   *
   * @throws IllegalArgumentException if it is no SHA-256 in lower-case hexadecimal digits
   */
  static byte[] checked(String key) {
    return bytes(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "key '%s' must be %d hexadecimal digits in lower case"
                        .formatted(key, 2 * BYTES)));
  }

  /** The same of a key's {@linkplain #bytes bytes}. */
  void add(byte[] key) {
    if (size % KEYS_OF_CHUNK == 0) {
      chunks.add(new byte[KEYS_OF_CHUNK * BYTES]);
    }
    System.arraycopy(key, 0, chunk(size), offset(size), BYTES);
    size++;
    modCount++;
  }

  @Override
  public String get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return HEX.formatHex(chunk(index), offset(index), offset(index) + BYTES);
  }

  @Override
  public int size() {
    return size;
  }

  /** Whether a key is the one of these bytes. */
  boolean isAt(int index, byte[] key) {
    int offset = offset(index);
    return Arrays.equals(chunk(index), offset, offset + BYTES, key, 0, BYTES);
  }

  /** Digits of a key, which are as good as random. */
  int hash(int index) {
    return hash(chunk(index), offset(index));
  }

  /** The same of a key's bytes. */
  static int hash(byte[] key) {
    return hash(key, 0);
  }

  private static int hash(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 24
        | (bytes[offset + 1] & 0xff) << 16
        | (bytes[offset + 2] & 0xff) << 8
        | (bytes[offset + 3] & 0xff);
  }

  private byte[] chunk(int index) {
    return chunks.get(index / KEYS_OF_CHUNK);
  }

  private static int offset(int index) {
    return index % KEYS_OF_CHUNK * BYTES;
  }
}
