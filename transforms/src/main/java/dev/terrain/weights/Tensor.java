package dev.terrain.weights;

import java.util.Arrays;

/**
 * A named array of float32 numbers.
 *
 * @param name its name, unique in a file
 * @param shape its lengths, each at least 0; empty for a single number
 * @param values its numbers in row-major order, as many as the product of the shape
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(String name, int[] shape, float[] values) {
  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if shape and values do not agree
   */
  public Tensor {
    long count = 1;
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "tensor '" + name + "' has a negative length: " + Arrays.toString(shape));
      }
      count = Math.multiplyExact(count, length);
    }
    if (count != values.length) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "' of shape "
              + Arrays.toString(shape)
              + " must have "
              + count
              + " values, not "
              + values.length);
    }
  }
}
