package dev.terrain.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Labelled images x_i ∈ {0 … 255}^(channels × height × width), y_i ∈ {0 … classes-1}, in a fixed
 * order. Immutable; its bytes are shared, not copied, between all sets made from one data set.
 */
public final class ImageSet {
  private final byte[] pixels;
  private final byte[] labels;
  private final int size;
  private final int channels;
  private final int height;
  private final int width;
  private final int classes;

  /**
   * Images in arrays that nobody changes any more.
   *
   * @param pixels unsigned bytes, image by image, each channel by channel and row by row
   * @param labels classes as unsigned bytes
   * @param classes from 2 to 256
   * @throws IllegalArgumentException if there is no image, a label is no class, or the arrays do
   *     not have the lengths that follow from each other
   */
  public ImageSet(byte[] pixels, byte[] labels, int channels, int height, int width, int classes) {
    this(pixels, labels, labels.length, channels, height, width, classes);
    if (labels.length == 0 || channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "at least one image of one pixel is needed, not "
              + Arrays.toString(new int[] {labels.length, channels, height, width}));
    }
    long expected = (long) labels.length * channels * height * width;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "pixels ("
              + pixels.length
              + ") must be "
              + expected
              + " for "
              + labels.length
              + " labels");
    }
    for (int i = 0; i < labels.length; i++) {
      if (label(i) >= classes) {
        throw new IllegalArgumentException(
            "label of image " + i + " (" + label(i) + ") must be below " + classes);
      }
    }
  }

  private ImageSet(
      byte[] pixels, byte[] labels, int size, int channels, int height, int width, int classes) {
    this.pixels = pixels;
    this.labels = labels;
    this.size = size;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.classes = classes;
  }

  /** The first images of this set under other labels, given for all images. */
  ImageSet relabelled(byte[] newLabels, int newSize) {
    return new ImageSet(pixels, newLabels, newSize, channels, height, width, classes);
  }

  /** Number n of images. */
  public int size() {
    return size;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public int classes() {
    return classes;
  }

  /** Bytes of one image: channels × height × width. */
  public int imageLength() {
    return channels * height * width;
  }

  /** Class of an image. */
  public int label(int example) {
    return Byte.toUnsignedInt(labels[example]);
  }

  /** The pixels of all n images as unsigned bytes: a read-only view. */
  public ByteBuffer pixels() {
    return ByteBuffer.wrap(pixels, 0, size * imageLength()).slice().asReadOnlyBuffer();
  }

  /** The labels of all n images as unsigned bytes: a read-only view. */
  public ByteBuffer labels() {
    return ByteBuffer.wrap(labels, 0, size).slice().asReadOnlyBuffer();
  }

  /**
   * Appends the pixels of some images to a buffer, as they stand here.
   *
   * @param examples positions in this set, each in [0, n)
   * @param out has room for all of them
   */
  public void copy(int[] examples, ByteBuffer out) {
    for (int example : examples) {
      out.put(pixels, example * imageLength(), imageLength());
    }
  }

  /** The classes of some images. */
  public int[] labels(int[] examples) {
    return Arrays.stream(examples).map(this::label).toArray();
  }
}
