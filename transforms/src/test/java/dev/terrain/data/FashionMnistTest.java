package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  @TempDir Path folder;

  @Test
  void readsTheFourFiles() throws IOException {
    writeFiles();
    Dataset dataset = Datasets.get("fashion-mnist", folder.toString());

    assertThat(dataset.name()).isEqualTo("fashion-mnist");
    assertThat(dataset.train().size()).isEqualTo(3);
    assertThat(dataset.train().height()).isEqualTo(1);
    assertThat(dataset.train().width()).isEqualTo(2);
    assertThat(dataset.train().labels(new int[] {0, 1, 2})).containsExactly(9, 0, 3);
    assertThat(dataset.test().size()).isEqualTo(1);
    assertThat(dataset.maxPixel()).isEqualTo(255);
    // Of 0, 255, 0, 255, 0, 255.
    assertThat(dataset.pixelMean()).isEqualTo(127.5);
    assertThat(dataset.pixelStandardDeviation()).isCloseTo(127.5, within(1e-12));
    assertThat(Datasets.get("fashion-mnist", folder.toString())).isSameAs(dataset);
  }

  @Test
  void saysHowToGetAMissingFileAndLooksAgain() throws IOException {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Datasets.get("fashion-mnist", folder.toString()))
        .withMessageContaining(folder.toString())
        .withMessageContaining("train-images-idx3-ubyte.gz")
        .withMessageContaining("dataset-fashion-mnist")
        .withMessageContaining("gs://");
    writeFiles();

    assertThat(Datasets.get("fashion-mnist", folder.toString()).train().size()).isEqualTo(3);
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    writeFiles();
    write("train-labels-idx1-ubyte", new int[] {2}, new byte[] {9, 0});
    assertRefused("3 images but 2 labels");

    write("train-labels-idx1-ubyte", new int[] {3}, new byte[] {9, 0, 10});
    assertRefused("label of image 2 (10) must be below 10");

    writeFiles();
    write("t10k-images-idx3-ubyte", new int[] {1, 2, 2}, new byte[4]);
    assertRefused("not of one size");

    write("t10k-images-idx3-ubyte", new int[] {1, 4}, new byte[4]);
    assertRefused("t10k-images-idx3-ubyte: corrupt IDX file");
  }

  @Test
  void refusesImagesWhosePixelsAreAllEqual() throws IOException {
    writeFiles();
    byte[] white = {-1, -1, -1, -1, -1, -1};
    byte[] images = IdxFiles.encode(new int[] {3, 1, 2}, white);
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), IdxFiles.gzip(images));

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Datasets.get("fashion-mnist", folder.toString()))
        .withMessage(
            "data set fashion-mnist: all 6 pixels of its 3 training images are 255 (mean 255,"
                + " standard deviation 0), so there is nothing to learn from them; fetch its files"
                + " again");
  }

  @Test
  void readsFilesWhoseNamesHaveADotAsSomeToolsThatUnpackMakeIt() throws IOException {
    writeFiles();
    for (String part : List.of("t10k-images-idx3", "t10k-labels-idx1", "train-labels-idx1")) {
      Files.move(
          folder.resolve(part + "-ubyte"), folder.resolve(part.replace("-idx", ".idx") + "-ubyte"));
    }
    Files.move(
        folder.resolve("train-images-idx3-ubyte.gz"), folder.resolve("train-images.idx3-ubyte.gz"));

    assertThat(Datasets.get("fashion-mnist", folder.toString()).train().size()).isEqualTo(3);
  }

  @Test
  void namesFilesThatMayBeMeant() throws IOException {
    writeFiles();
    Files.move(folder.resolve("t10k-images-idx3-ubyte"), folder.resolve("Test-Images.IDX3"));
    Files.writeString(folder.resolve("notes.txt"), "");

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Datasets.get("fashion-mnist", folder.toString()))
        .withMessageContaining("lacks t10k-images-idx3-ubyte.gz, but has Test-Images.IDX3;");
  }

  @Test
  void namesWhatCannotBeRead() throws IOException {
    Path file = folder.resolve("train-images-idx3-ubyte");
    Files.createDirectory(file);
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Datasets.get("fashion-mnist", folder.toString()))
        .withMessageContaining(file + ": cannot be read");
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Datasets.get("fashion-mnist", noFolder.toString()))
        .withMessageContaining(noFolder.toString())
        .withMessageContaining("give a folder");
  }

  @Test
  void anAddressIsUnderstoodFromAnywhere() {
    assertThat(Datasets.address("digits", "x")).isEmpty();
    assertThat(Datasets.address("fashion-mnist", "gs://bucket/data/?endpoint=http://localhost:1"))
        .contains("gs://bucket/data");
    assertThat(Datasets.address("fashion-mnist", "a/../data"))
        .contains(Path.of("data").toAbsolutePath().toString());
    assertThat(Datasets.address("fashion-mnist", null))
        .contains("/usr/share/datasets/fashion-mnist");
  }

  private void assertRefused(String problem) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Datasets.get("fashion-mnist", folder.toString()))
        .withMessageContaining(folder.toString())
        .withMessageContaining(problem);
  }

  private void writeFiles() throws IOException {
    byte[] black = {0, -1, 0, -1, 0, -1};
    byte[] images = IdxFiles.encode(new int[] {3, 1, 2}, black);
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), IdxFiles.gzip(images));
    write("train-labels-idx1-ubyte", new int[] {3}, new byte[] {9, 0, 3});
    write("t10k-images-idx3-ubyte", new int[] {1, 1, 2}, new byte[] {7, 8});
    write("t10k-labels-idx1-ubyte", new int[] {1}, new byte[] {5});
  }

  private void write(String name, int[] shape, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), IdxFiles.encode(shape, bytes));
  }
}
