package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.terrain.data.LabelledImages;
import java.nio.ByteBuffer;

/**
 * Turns bytes of images into normalised arrays, through one direct buffer that is used again and
 * again. One thread at a time.
 */
final class ImageLoader {
  private final LabelledImages images;
  private final Precision precision;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  ImageLoader(LabelledImages images, Precision precision) {
    this.images = images;
    this.precision = precision;
  }

  /**
   * The bytes (n, pixels of an image) of the images at {@code positions}, in the engine's memory.
   */
  NDArray bytes(NDManager scope, int[] positions) {
    try (NDArray raw = raw(scope, positions)) {
      return raw.duplicate().reshape(positions.length, -1);
    }
  }

  /** Normalised pixels (n, channels, height, width) of the images at {@code positions}. */
  NDArray pixels(NDManager scope, int[] positions) {
    // The normalised copy lies in the engine's own, aligned memory.
    try (NDArray raw = raw(scope, positions)) {
      return raw.toType(precision.dataType(), true)
          .subi(images.pixelMean())
          .divi(images.pixelStandardDeviation());
    }
  }

  /** Shares the buffer's memory, so it is good until the next call. */
  private NDArray raw(NDManager scope, int[] positions) {
    Shape shape = new Shape(positions.length, images.channels(), images.height(), images.width());
    int size = Math.toIntExact(shape.size());
    if (buffer.capacity() < size) {
      buffer = ByteBuffer.allocateDirect(size);
    }
    buffer.clear().limit(size);
    images.copyPixels(positions, buffer);
    buffer.flip();
    return scope.create(buffer, shape, DataType.UINT8);
  }

  /**
   * The labels (n), int64, of the images at {@code positions}, in the engine's own memory: a graph
   * that is kept may outlive any array of Java.
   */
  NDArray labels(NDManager scope, int[] positions) {
    long[] labels = new long[positions.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(positions[i]);
    }
    return Vectors.copy(scope.create(labels));
  }
}
