package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.v1.Measurement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedErrorTest {

  private static List<Measurement> sums(double... effects) {
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < effects.length; i++) {
      for (int j = i + 1; j < effects.length; j++) {
        rows.add(Rows.ofPair("cka", "paper", "model-" + i, "model-" + j, effects[i] + effects[j]));
      }
    }
    return rows;
  }

  @Test
  void ofModels_isTheDeviationOverTheRootOfTheirNumber() {
    SeedError error =
        SeedError.ofMean(
            List.of(
                Rows.ofModel("train_loss", "a", 1),
                Rows.ofModel("train_loss", "b", 2),
                Rows.ofModel("train_loss", "c", 3)));

    assertThat(error.models()).isEqualTo(3);
    assertThat(error.error()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
  }

  /** Where a pair is the sum of its models, the mean over pairs is twice the mean over models. */
  @Test
  void ofPairsThatAreSumsOfTheirModels_isTwiceThatOfTheModels() {
    double deviation = Math.sqrt(5.0 / 3);

    assertThat(SeedError.ofMean(sums(1, 2, 3, 4)).error())
        .isCloseTo(2 * deviation / 2, within(1e-12));
    assertThat(SeedError.ofMean(sums(1, 2, 3)).error()).isCloseTo(2 / Math.sqrt(3), within(1e-12));
  }

  @Test
  void ofASinglePair_isNotKnown() {
    assertThat(SeedError.ofMean(sums(1, 2))).isEqualTo(new SeedError(2, null));
  }

  @Test
  void ofPairsThatAllShareAModel_isNotKnown() {
    assertThat(
            SeedError.ofMean(
                    List.of(
                        Rows.ofPair("cka", "paper", "a", "b", 1),
                        Rows.ofPair("cka", "paper", "a", "c", 2)))
                .error())
        .isNull();
  }
}
