package dev.terrain.data;

import java.io.IOException;
import java.util.Optional;

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images of 28 × 28 pixels in 10 classes (Xiao,
 * Rasul, Vollgraf 2017), read from its four IDX files, each plain or compressed by gzip.
 */
final class FashionMnist implements DatasetSource {
  private static final String NAME = "fashion-mnist";

  /** Where Debian's package dataset-fashion-mnist puts the files. */
  private static final String STANDARD_LOCATION = "/usr/share/datasets/fashion-mnist";

  private static final int CLASSES = 10;
  private static final int MAX_PIXEL = 255;
  private static final String REMEDY =
      "install Debian's package dataset-fashion-mnist, or give a folder or gs:// prefix that has the four files of the data set fashion-mnist (--data)";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Optional<String> standardLocation() {
    return Optional.of(STANDARD_LOCATION);
  }

  @Override
  public Dataset load(String location) throws IOException {
    IdxFolder folder = new IdxFolder(location, REMEDY);
    ImageSet train = images(folder, location, "train");
    ImageSet test = images(folder, location, "t10k");
    if (train.height() != test.height() || train.width() != test.width()) {
      throw invalid(
          location,
          "training images of %d x %d pixels and test images of %d x %d are not of one size"
              .formatted(train.height(), train.width(), test.height(), test.width()));
    }
    return Dataset.of(NAME, train, test, MAX_PIXEL);
  }

  private static ImageSet images(IdxFolder folder, String location, String part)
      throws IOException {
    IdxFile images = folder.read(part + "-images", 3);
    IdxFile labels = folder.read(part + "-labels", 1);
    int[] shape = images.shape();
    if (shape[0] != labels.shape()[0]) {
      throw invalid(
          location,
          "%d images but %d labels in the files %s-images and %s-labels"
              .formatted(shape[0], labels.shape()[0], part, part));
    }
    try {
      return new ImageSet(images.bytes(), labels.bytes(), 1, shape[1], shape[2], CLASSES);
    } catch (IllegalArgumentException e) {
      throw invalid(
          location, "files %s-images and %s-labels: %s".formatted(part, part, e.getMessage()));
    }
  }

  private static InvalidDataException invalid(String location, String problem) {
    return new InvalidDataException(
        location + ": " + problem + "; fetch the four files again, from one place");
  }
}
