package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseConfidenceTest {
  private static final PhaseRule RULE = new PhaseRule(TaxonomySettings.newBuilder().build());

  private static List<Measurement> losses(double... values) {
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(Rows.ofModel("train_loss", "model " + i, values[i]));
    }
    return rows;
  }

  private static Measurement connectivity(int first, int second, double value) {
    return Rows.ofPair("mode_connectivity", "default", "model " + first, "model " + second, value);
  }

  private static Double confidence(
      Phase phase, List<Measurement> losses, Measurement... connectivities) {
    return new PhaseConfidence(RULE, losses, List.of(connectivities), List.of())
        .of(phase, "cell", 4000);
  }

  @Test
  void modelsThatAgreeGiveCertainty() {
    Double confidence =
        confidence(
            Phase.I,
            losses(0.5, 0.6, 0.7),
            connectivity(0, 1, -3),
            connectivity(1, 2, -4),
            connectivity(2, 0, -5));

    assertThat(confidence).isEqualTo(1);
  }

  @Test
  void isTheShareOfResamplesThatTellThePhase() {
    // Phase III unless model 2 is drawn. Of 27 resamples 24 hold two different models; 6 of them
    // only models 0 and 1.
    Double confidence =
        confidence(
            Phase.III,
            losses(0.001, 0.001, 0.5),
            connectivity(0, 1, -3),
            connectivity(1, 2, -4),
            connectivity(2, 0, -5));

    assertThat(confidence).isCloseTo(6.0 / 24, within(4 * Math.sqrt(0.25 * 0.75 / 4000)));
  }

  @Test
  void pairsWeighByTheirMultiplicities() {
    // Pairs 01: -1, 12: +1, 02: unmeasured. The mean is negative where c0 > c2, as c1 is common to
    // both weights. Of the 27 resamples 18 tell: six permutations (mean 0: II), and of each of
    // {0,0,1}, {0,1,1} (I) and {1,1,2}, {1,2,2} (II) three.
    Double confidence =
        confidence(Phase.II, losses(0.5, 0.5, 0.5), connectivity(0, 1, -1), connectivity(1, 2, 1));

    assertThat(confidence).isCloseTo(12.0 / 18, within(4 * Math.sqrt(2.0 / 9 / 4000)));
  }

  @Test
  void fewerThanTwoModelsHaveNone() {
    assertThat(confidence(Phase.II, losses(0.5), connectivity(0, 1, 1))).isNull();
  }

  @Test
  void aCellWithoutPhaseHasNone() {
    assertThat(confidence(null, losses(0.5, 0.6), connectivity(0, 1, 1))).isNull();
  }

  @Test
  void pairsOfOtherModelsTellNothing() {
    assertThat(confidence(Phase.II, losses(0.5, 0.6), connectivity(7, 8, 1))).isNull();
  }
}
