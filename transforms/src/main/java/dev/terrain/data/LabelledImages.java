package dev.terrain.data;

import java.nio.ByteBuffer;

/**
 * A fixed sequence of labelled images of one shape, bytes for pixels: what a loss is a mean over.
 */
public interface LabelledImages {
  /** Number n of images. */
  int size();

  /** Colour channels. */
  int channels();

  /** Rows of pixels. */
  int height();

  /** Columns of pixels. */
  int width();

  /** Number of classes; labels lie in [0, classes). */
  int classes();

  /** Mean of the raw pixels of the data set's training images, in units of the bytes. */
  double pixelMean();

  /** Standard deviation of the same pixels. */
  double pixelStandardDeviation();

  /**
   * Puts the pixels of some images into {@code out}, image after image, channel after channel, row
   * after row.
   *
   * @param positions each in [0, n)
   */
  void copyPixels(int[] positions, ByteBuffer out);

  /** The label of the image at {@code position}. */
  int label(int position);
}
