package dev.terrain.data;

import java.nio.ByteBuffer;

/** Some images of a data set, all or a subset, with the data set's normalisation. */
public final class ImageSample implements LabelledImages {
  private final Dataset dataset;
  private final ImageSet images;
  private final int[] positions;

  private ImageSample(Dataset dataset, ImageSet images, int[] positions) {
    this.dataset = dataset;
    this.images = images;
    this.positions = positions;
  }

  /**
   * All images of a set.
   *
   * @param dataset whose pixel mean and standard deviation normalise them
   */
  public static ImageSample of(Dataset dataset, ImageSet images) {
    return new ImageSample(dataset, images, Batches.split(images.size(), 1)[0]);
  }

  /** The images at some positions of the set, in that order. */
  public static ImageSample subset(Dataset dataset, ImageSet images, int[] positions) {
    return new ImageSample(dataset, images, positions.clone());
  }

  @Override
  public int size() {
    return positions.length;
  }

  @Override
  public int channels() {
    return images.channels();
  }

  @Override
  public int height() {
    return images.height();
  }

  @Override
  public int width() {
    return images.width();
  }

  @Override
  public int classes() {
    return images.classes();
  }

  @Override
  public double pixelMean() {
    return dataset.pixelMean();
  }

  @Override
  public double pixelStandardDeviation() {
    return dataset.pixelStandardDeviation();
  }

  @Override
  public void copyPixels(int[] chosen, ByteBuffer out) {
    int[] examples = new int[chosen.length];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = positions[chosen[i]];
    }
    images.copy(examples, out);
  }

  @Override
  public int label(int position) {
    return images.label(positions[position]);
  }

  /** SHA-256 (hex) of the positions in the set and their labels. */
  public String sha256() {
    return ExampleSubset.sha256(positions, images);
  }
}
