package dev.terrain.surface;

import dev.terrain.data.LabelledImages;
import dev.terrain.random.CounterRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Images of seeded noise with seeded labels. */
public final class RandomImages implements LabelledImages {
  private final int channels;
  private final int side;
  private final int classes;
  private final byte[] pixels;
  private final int[] labels;

  public RandomImages(int size, int channels, int side, int classes, long seed) {
    this.channels = channels;
    this.side = side;
    this.classes = classes;
    CounterRandom random = CounterRandom.of("random images", "pixels", seed);
    pixels = new byte[size * channels * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(classes);
    }
  }

  private RandomImages(RandomImages all, int from, int to) {
    channels = all.channels;
    side = all.side;
    classes = all.classes;
    int size = channels * side * side;
    pixels = Arrays.copyOfRange(all.pixels, from * size, to * size);
    labels = Arrays.copyOfRange(all.labels, from, to);
  }

  /** The images at the positions from … to − 1. */
  RandomImages range(int from, int to) {
    return new RandomImages(this, from, to);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int height() {
    return side;
  }

  @Override
  public int width() {
    return side;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public double pixelMean() {
    return 127.5;
  }

  @Override
  public double pixelStandardDeviation() {
    return 73.9;
  }

  @Override
  public void copyPixels(int[] positions, ByteBuffer out) {
    int size = channels * side * side;
    for (int position : positions) {
      out.put(pixels, position * size, size);
    }
  }

  @Override
  public int label(int position) {
    return labels[position];
  }

  /** The normalised pixels of one image, independent of the engine. */
  public double[] normalised(int position) {
    double[] x = new double[channels * side * side];
    for (int i = 0; i < x.length; i++) {
      x[i] = ((pixels[position * x.length + i] & 0xFF) - pixelMean()) / pixelStandardDeviation();
    }
    return x;
  }
}
