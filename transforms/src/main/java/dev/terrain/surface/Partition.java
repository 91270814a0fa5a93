package dev.terrain.surface;

import java.util.Arrays;

/** How a pass over n images is cut into batches: each position 0 … n − 1 once, in any order. */
final class Partition {
  private Partition() {}

  /**
   * A copy of the batches. An image that a pass left out or met twice would give a mean over
   * another sample than the one that is named, and would show in no result.
   *
   * @throws IllegalArgumentException if they do not hold each position once, or one is empty
   */
  static int[][] of(int[][] batches, int size) {
    boolean[] held = new boolean[size];
    int count = 0;
    for (int b = 0; b < batches.length; b++) {
      if (batches[b].length == 0) {
        throw new IllegalArgumentException("batch " + b + " must hold at least one position");
      }
      for (int position : batches[b]) {
        if (position < 0 || position >= size) {
          throw refusal("batch " + b + " holds " + position, size);
        }
        if (held[position]) {
          throw refusal("batch " + b + " holds " + position + " a second time", size);
        }
        held[position] = true;
        count++;
      }
    }
    if (count < size) {
      int missing = 0;
      while (held[missing]) {
        missing++;
      }
      throw refusal("no batch holds " + missing, size);
    }
    return Arrays.stream(batches).map(int[]::clone).toArray(int[][]::new);
  }

  private static IllegalArgumentException refusal(String fault, int size) {
    return new IllegalArgumentException(
        fault + ": the batches must hold each position in [0, " + size + ") once");
  }
}
