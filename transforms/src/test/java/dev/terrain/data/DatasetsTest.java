package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.registry.Registry;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DatasetsTest {
  @Test
  void namesTheDataSetsThereAre() {
    assertRefused(() -> Datasets.get("mnist"));
  }

  @Test
  void aNameThatIsNone_isNowhereAndNotTakenForFashionMnist() {
    assertRefused(() -> Datasets.address("mnist", null));
    assertRefused(() -> Datasets.address("mnist", "/data"));
    assertRefused(() -> Datasets.isIncluded("mnist"));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessage("dataset (mnist) must be one of digits, fashion-mnist, one-dimensional");
  }

  @Test
  void onlyWhatHasFiles_hasAnAddress() {
    assertThat(Datasets.isIncluded("digits")).isTrue();
    assertThat(Datasets.address("digits", "/data")).isEmpty();
    assertThat(Datasets.isIncluded("fashion-mnist")).isFalse();
    assertThat(Datasets.address("fashion-mnist", "/data")).hasValue("/data");
    assertThat(Datasets.address("fashion-mnist", null))
        .hasValue("/usr/share/datasets/fashion-mnist");
  }

  @Test
  void oneMoreDataSet_isOneClass() throws IOException {
    Registry<DatasetSource> all = Datasets.ALL.with(new Stripes());
    Dataset stripes = all.named("stripes").load("");

    assertThat(stripes.train().size()).isEqualTo(8);
    assertThat(stripes.pixelMean()).isEqualTo(0.5);
    assertThat(all.names())
        .containsExactly("digits", "fashion-mnist", "one-dimensional", "stripes");
  }

  /** A data set that is no part of Terrain: horizontal and vertical stripes. */
  private static final class Stripes implements DatasetSource {
    @Override
    public String name() {
      return "stripes";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Optional<String> standardLocation() {
      return Optional.empty();
    }

    @Override
    public Dataset load(String location) throws InvalidDataException {
      return Dataset.of(name(), images(8), images(2), 1);
    }

    private static ImageSet images(int size) {
      byte[] pixels = new byte[4 * size];
      byte[] labels = new byte[size];
      for (int i = 0; i < size; i++) {
        labels[i] = (byte) (i % 2);
        pixels[4 * i] = 1;
        pixels[4 * i + 1 + labels[i]] = 1;
      }
      return new ImageSet(pixels, labels, 1, 2, 2, 2);
    }
  }
}
