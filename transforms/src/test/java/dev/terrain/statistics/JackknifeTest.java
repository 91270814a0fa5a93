package dev.terrain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class JackknifeTest {
  private static final double[] SAMPLE = {3, 1, 4, 1, 5, 9};

  private static double[] meansWithoutEach() {
    double sum = Arrays.stream(SAMPLE).sum();
    return Arrays.stream(SAMPLE).map(x -> (sum - x) / (SAMPLE.length - 1)).toArray();
  }

  /** Of a mean, the jackknife's error is the mean's, s/√n, and there is no bias. */
  @Test
  void errorOfAMean_isTheMeansOwn() {
    SampleMean mean = SampleMean.of(SAMPLE);
    int[] sizes = {1, 1, 1, 1, 1, 1};

    Jackknife jackknife = Jackknife.of(mean.value(), meansWithoutEach(), sizes);

    assertThat(jackknife.standardError()).isCloseTo(mean.standardError(), within(1e-14));
    assertThat(jackknife.bias()).isCloseTo(0, within(1e-14));
    assertThat(Jackknife.deleteOne(meansWithoutEach()))
        .isCloseTo(mean.standardError(), within(1e-14));
    assertThat(BatchJackknife.standardError(SAMPLE, sizes))
        .isCloseTo(mean.standardError(), within(1e-14));
  }

  @Test
  void pseudoValues_giveTheErrorOfUnevenBatches() {
    double[] leftOut = {1.2, 0.7, 1.9};
    int[] sizes = {5, 3, 2};

    assertThat(Jackknife.ofPseudoValues(1.1, leftOut, new double[] {2, 10 / 3.0, 5}))
        .isCloseTo(Jackknife.of(1.1, leftOut, sizes).standardError(), within(1e-14));
  }

  @Test
  void valueForEachBatch_isAskedFor() {
    assertThat(Jackknife.of(1, new double[1], new int[] {7}).reason())
        .isEqualTo("a jackknife over batches needs at least 2 batches; there are 1");
    assertThatThrownBy(() -> Jackknife.of(1, new double[2], new int[] {7, 7, 7}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 2 values without a batch but 3 batches; there must be one for each");
  }
}
