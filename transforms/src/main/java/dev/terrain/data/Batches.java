package dev.terrain.data;

import java.util.Arrays;

/** Cuts sequences of images into batches. */
public final class Batches {
  private Batches() {}

  /**
   * The batches of one epoch.
   *
   * @param order positions of the images in the order drawn for the epoch
   * @param batchSize images a batch, at least 1
   * @param keepIncomplete whether a last batch of fewer images is kept; else it is skipped
   * @return consecutive parts of {@code order}
   * @throws IllegalArgumentException if the batch size is not positive, or no batch would be left
   */
  public static int[][] shuffled(int[] order, int batchSize, boolean keepIncomplete) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch_size (" + batchSize + ") must be at least 1");
    }
    int full = order.length / batchSize;
    int batches = full + (keepIncomplete && full * batchSize < order.length ? 1 : 0);
    if (batches == 0) {
      throw new IllegalArgumentException(
          "batch_size ("
              + batchSize
              + ") must be at most the number of training images ("
              + order.length
              + ") if incomplete batches are skipped");
    }
    int[][] cut = new int[batches][];
    for (int i = 0; i < batches; i++) {
      int from = i * batchSize;
      cut[i] = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
    }
    return cut;
  }

  /**
   * The numbers 0 … n-1 in consecutive batches whose sizes differ by one at most, larger ones
   * first.
   *
   * @param n images, at least 1
   * @param batches batches wanted, at least 1
   * @return min(n, batches) batches
   */
  public static int[][] split(int n, int batches) {
    if (n < 1 || batches < 1) {
      throw new IllegalArgumentException(
          "n (" + n + ") and batches (" + batches + ") must be positive");
    }
    int[][] cut = new int[Math.min(n, batches)][];
    int next = 0;
    for (int i = 0; i < cut.length; i++) {
      cut[i] = new int[n / cut.length + (i < n % cut.length ? 1 : 0)];
      for (int j = 0; j < cut[i].length; j++) {
        cut[i][j] = next++;
      }
    }
    return cut;
  }
}
