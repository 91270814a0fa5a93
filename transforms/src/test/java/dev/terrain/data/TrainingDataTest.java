package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDataTest {
  private static Dataset digits;

  @BeforeAll
  static void load() throws IOException {
    digits = Datasets.get("digits");
  }

  @Test
  void isTheDataSetsOwnWithoutNoiseAndFraction() {
    ImageSet images = TrainingData.of(digits, ModelSpec.newBuilder().build());

    assertThat(images.size()).isEqualTo(1437);
    assertThat(images.pixels()).isEqualTo(digits.train().pixels());
    assertThat(images.labels()).isEqualTo(digits.train().labels());
  }

  @ParameterizedTest
  // The last but one: in binary floating point the product is 28.999….
  @CsvSource({"100, 1.0, 100", "100, 0.999, 99", "3, 0.5, 1", "100, 0.29, 29", "100, 0.01, 1"})
  void takesTheFirstImages(int n, double fraction, int expected) throws IOException {
    assertThat(TrainingData.of(striped(n), fraction, 0, 0).size()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0.0099, 0.01",
    "100, 0.001, 0.01",
    "7, 1e-300, 0.143",
    "60000, 1e-5, 0.0000167"
  })
  void refusesFractionsThatLeaveNoImage(int n, double fraction, String least) throws IOException {
    Dataset dataset = striped(n);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingData.of(dataset, fraction, 0, 0))
        .withMessage(
            "data_fraction (%s) leaves none of the %d training images of n%d; it must be at least %s"
                .formatted(fraction, n, n, least));
    assertThat(TrainingData.of(dataset, Double.parseDouble(least), 0, 0).size()).isEqualTo(1);
  }

  private static Dataset striped(int n) throws InvalidDataException {
    byte[] pixels = new byte[n];
    pixels[0] = 1;
    ImageSet all = new ImageSet(pixels, new byte[n], 1, 1, 1, 2);
    return Dataset.of("n" + n, all, all, 1);
  }

  @Test
  void drawsTheNoiseOfAnIndependentImplementation() throws Exception {
    ImageSet noisy = TrainingData.of(digits, 1, 0.25, 12345);
    int[] all = IntStream.range(0, 1437).toArray();
    long changed = IntStream.of(all).filter(i -> noisy.label(i) != digits.train().label(i)).count();

    assertThat(changed).isEqualTo(315);
    assertThat(Dataset.digest().digest(bytes(noisy.labels())))
        .asHexString()
        .isEqualToIgnoringCase("aaa1ba30d965e1d84039d7a5d57ea51b85e378be5a7774ad510f3d5c963cf694");
  }

  @Test
  void keepsTheNoiseWhenTheFractionShrinks() {
    ByteBuffer whole = TrainingData.of(digits, 1, 0.5, 1).labels();
    ByteBuffer half = TrainingData.of(digits, 0.5, 0.5, 1).labels();

    assertThat(half.remaining()).isEqualTo(718);
    assertThat(half).isEqualTo(whole.slice(0, 718));
  }

  @Test
  void drawsOtherNoiseFromOtherSeedsAndLeavesTheTestLabels() {
    ByteBuffer test = ByteBuffer.wrap(bytes(digits.test().labels()));
    ByteBuffer one = TrainingData.of(digits, 1, 0.5, 1).labels();
    ByteBuffer two = TrainingData.of(digits, 1, 0.5, 2).labels();

    assertThat(one).isNotEqualTo(two);
    assertThat(digits.test().labels()).isEqualTo(test);
  }

  @Test
  void replacesEveryLabelByAUniformClassAtProbabilityOne() {
    ImageSet noisy = TrainingData.of(digits, 1, 1, 7);
    int[] counts = new int[10];
    int kept = 0;
    for (int i = 0; i < noisy.size(); i++) {
      counts[noisy.label(i)]++;
      kept += noisy.label(i) == digits.train().label(i) ? 1 : 0;
    }
    // Binomial(1437, 0.1): mean 143.7, standard deviation 11.4; within five of them.
    for (int count : counts) {
      assertThat(count).isBetween(87, 200);
    }
    assertThat(kept).isBetween(87, 200);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void refusesFractionsOutOfRange(double fraction) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingData.of(digits, fraction, 0, 0))
        .withMessageContaining("data_fraction (" + fraction + ")");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesProbabilitiesOutOfRange(double noise) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingData.of(digits, 1, noise, 0))
        .withMessageContaining("label_noise (" + noise + ")");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
