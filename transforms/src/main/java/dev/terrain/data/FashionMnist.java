package dev.terrain.data;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images of 28 × 28 pixels in 10 classes (Xiao,
 * Rasul, Vollgraf 2017), read from its four IDX files, each plain or compressed by gzip.
 */
final class FashionMnist {
  static final String NAME = "fashion-mnist";

  /** Where Debian's package dataset-fashion-mnist puts the files. */
  static final String STANDARD_LOCATION = "/usr/share/datasets/fashion-mnist";

  private static final int CLASSES = 10;
  private static final int MAX_PIXEL = 255;

  private FashionMnist() {}

  static Dataset load(String location) throws IOException {
    ObjectStore store = ObjectStores.open(location);
    ImageSet train = images(store, location, "train");
    ImageSet test = images(store, location, "t10k");
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new IOException(location + ": training and test images are not of one size");
    }
    return Dataset.of(NAME, train, test, MAX_PIXEL);
  }

  private static ImageSet images(ObjectStore store, String location, String part)
      throws IOException {
    IdxFile images = read(store, location, part + "-images-idx3-ubyte", 3);
    IdxFile labels = read(store, location, part + "-labels-idx1-ubyte", 1);
    int[] shape = images.shape();
    if (shape[0] != labels.shape()[0]) {
      throw new IOException(
          location
              + ": "
              + shape[0]
              + " images but "
              + labels.shape()[0]
              + " labels in the files of "
              + part);
    }
    try {
      return new ImageSet(images.bytes(), labels.bytes(), 1, shape[1], shape[2], CLASSES);
    } catch (IllegalArgumentException e) {
      throw new IOException(location + ", files of " + part + ": " + e.getMessage(), e);
    }
  }

  private static IdxFile read(ObjectStore store, String location, String name, int dimensions)
      throws IOException {
    for (String file : List.of(name + ".gz", name)) {
      Optional<byte[]> bytes = store.read(file);
      if (bytes.isPresent()) {
        return IdxFile.parse(bytes.get(), dimensions, store.uri(file));
      }
    }
    throw new FileNotFoundException(
        location
            + " lacks "
            + name
            + ".gz of the data set fashion-mnist; install Debian's package dataset-fashion-mnist,"
            + " or give a folder or gs:// prefix that has the four files");
  }
}
