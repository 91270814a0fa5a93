package dev.terrain.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.v1.SimilaritySettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixupTest {
  private static final SimilaritySettings DEFAULTS = SimilaritySettings.newBuilder().build();

  private static SimilaritySettings examples(int examples) {
    return SimilaritySettings.newBuilder().setExamples(examples).build();
  }

  @Test
  void mixesFiveBatchesOfDifferentImagesByDefault() {
    MixupPlan plan = Mixup.plan("digits", 1400, DEFAULTS);

    assertThat(plan.size()).isEqualTo(640);
    assertThat(plan.first()).doesNotHaveDuplicates();
    assertThat(Arrays.stream(plan.first()).allMatch(i -> i >= 0 && i < 1400)).isTrue();
    assertThat(Arrays.stream(plan.weight()).distinct()).hasSize(5);
  }

  @Test
  void partnersAreThoseOfTheSameBatchInAnotherOrder() {
    MixupPlan plan = Mixup.plan("digits", 1400, DEFAULTS);

    for (int start = 0; start < 640; start += 128) {
      int[] first = Arrays.copyOfRange(plan.first(), start, start + 128);
      int[] second = Arrays.copyOfRange(plan.second(), start, start + 128);
      assertThat(second).containsExactlyInAnyOrder(first).isNotEqualTo(first);
      assertThat(Arrays.stream(plan.weight(), start, start + 128).distinct()).hasSize(1);
    }
  }

  @Test
  void weightsHaveMeanAndVarianceOfTheBetaDistribution() {
    SimilaritySettings pairs =
        SimilaritySettings.newBuilder().setExamples(20000).setMixupBatchSize(2).build();

    double[] weights = Mixup.plan("digits", 20000, pairs).weight();

    // Beta(16, 16): mean 1/2, variance 1/(4 · 33); standard error of the mean of 10,000 is 0.0009.
    double mean = Arrays.stream(weights).average().orElseThrow();
    double variance =
        Arrays.stream(weights).map(w -> (w - mean) * (w - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(0.5, within(0.0036));
    assertThat(variance).isCloseTo(1.0 / 132, within(0.0005));
  }

  @Test
  void hasWholeBatchesOnly() {
    assertThat(Mixup.plan("digits", 1400, examples(700)).size()).isEqualTo(640);
    assertThat(Mixup.plan("digits", 300, DEFAULTS).size()).isEqualTo(256);
  }

  @Test
  void makesOneShortBatchOfASmallTrainingSet() {
    MixupPlan plan = Mixup.plan("digits", 50, DEFAULTS);

    assertThat(plan.size()).isEqualTo(50);
    assertThat(Arrays.stream(plan.weight()).distinct()).hasSize(1);
  }

  @Test
  void aLongerPlanBeginsWithTheShorter() {
    MixupPlan shorter = Mixup.plan("digits", 1400, examples(256));
    MixupPlan longer = Mixup.plan("digits", 1400, DEFAULTS);

    assertThat(longer.second()).startsWith(shorter.second());
    assertThat(longer.weight()).startsWith(shorter.weight());
  }

  @Test
  void dependsOnTheDataSet() {
    assertThat(Mixup.plan("a", 1400, DEFAULTS).first())
        .isEqualTo(Mixup.plan("a", 1400, DEFAULTS).first())
        .isNotEqualTo(Mixup.plan("b", 1400, DEFAULTS).first());
  }

  @Test
  void refusesAnEmptyTrainingSet() {
    assertThatThrownBy(() -> Mixup.plan("digits", 0, DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trainingImages (0)");
  }
}
