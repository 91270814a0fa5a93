package dev.terrain.data;

import dev.terrain.random.CounterRandom;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Fixed random subsets of a set of images. */
public final class ExampleSubset {
  private ExampleSubset() {}

  /**
   * Distinct positions, drawn uniformly among all sets of so many.
   *
   * @param id whose subset it is; with purpose and seed the name of the {@link CounterRandom
   *     stream}
   * @param n positions wanted, at least 1
   * @param total images there are, at least 1
   * @return min(n, total) positions in [0, total), ascending
   */
  public static int[] draw(String id, String purpose, long seed, int n, int total) {
    if (n < 1 || total < 1) {
      throw new IllegalArgumentException(
          "n (" + n + ") and total (" + total + ") must be positive");
    }
    int[] order = CounterRandom.of(id, purpose, seed).permutation(total);
    int[] examples = Arrays.copyOf(order, Math.min(n, total));
    Arrays.sort(examples);
    return examples;
  }

  /**
   * SHA-256 (hex) of a subset: for each image in turn its position (32-bit, big-endian) and its
   * label (one byte).
   */
  public static String sha256(int[] examples, ImageSet images) {
    MessageDigest digest = Dataset.digest();
    ByteBuffer entry = ByteBuffer.allocate(Integer.BYTES + 1);
    for (int example : examples) {
      entry.putInt(0, example).put(Integer.BYTES, (byte) images.label(example));
      digest.update(entry.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
