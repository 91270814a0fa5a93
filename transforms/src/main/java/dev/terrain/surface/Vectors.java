package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Carries vectors between Java and the engine, through one direct buffer that is used again and
 * again. One thread at a time.
 */
final class Vectors {
  private final Precision precision;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  Vectors(Precision precision) {
    this.precision = precision;
  }

  /** A copy of {@code values} in the engine's own, aligned memory, rounded to the precision. */
  NDArray upload(NDManager scope, double[] values) {
    Shape shape = new Shape(values.length);
    if (values.length == 0) {
      return scope.create(shape, precision.dataType());
    }
    ByteBuffer bytes = reserve(values.length * precision.dataType().getNumOfBytes());
    if (precision == Precision.FLOAT64) {
      bytes.asDoubleBuffer().put(values);
    } else {
      for (double value : values) {
        bytes.putFloat((float) value);
      }
      bytes.flip();
    }
    return copy(scope.create(bytes, shape, precision.dataType()));
  }

  /** A copy in the engine's own memory of an array that shares Java's, which is closed. */
  static NDArray copy(NDArray ofJava) {
    try (ofJava) {
      return ofJava.duplicate();
    }
  }

  private ByteBuffer reserve(int size) {
    if (buffer.capacity() < size) {
      buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
    buffer.clear().limit(size);
    return buffer;
  }

  /** The elements of an array of either precision. */
  static double[] download(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    float[] single = array.toFloatArray();
    double[] values = new double[single.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = single[i];
    }
    return values;
  }

  /** sum ← sum + scale · part. */
  static void addScaled(double[] sum, double scale, double[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * part[i];
    }
  }
}
