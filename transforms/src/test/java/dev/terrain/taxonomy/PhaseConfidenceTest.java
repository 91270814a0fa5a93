package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    return whole(phase, losses, connectivities).share();
  }

  private static Confidence whole(
      Phase phase, List<Measurement> losses, Measurement... connectivities) {
    return new PhaseConfidence(RULE, losses, List.of(connectivities), List.of())
        .of(phase, "cell", 4000);
  }

  @Test
  void threeModelsThatAgreeGiveNoMoreThanThreeModelsCanTell() {
    Double confidence =
        confidence(
            Phase.I,
            losses(0.5, 0.6, 0.7),
            connectivity(0, 1, -3),
            connectivity(1, 2, -4),
            connectivity(2, 0, -5));

    assertThat(confidence).isEqualTo(0.75);
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
    // Pairs 01: -1, 12: +1, 02: 0. The mean is negative where c0 > c2, as c1 is common to both
    // weights. Of the 27 resamples 24 hold a pair: six permutations (mean 0: II), and of each of
    // {0,0,1}, {0,1,1} (I), {1,1,2}, {1,2,2}, {0,0,2}, {0,2,2} (II) three.
    Double confidence =
        confidence(
            Phase.II,
            losses(0.5, 0.5, 0.5),
            connectivity(0, 1, -1),
            connectivity(1, 2, 1),
            connectivity(2, 0, 0));

    assertThat(confidence).isCloseTo(18.0 / 24, within(4 * Math.sqrt(0.25 * 0.75 / 4000)));
  }

  @Test
  void twoModelsHaveNoneAsTheirOnlyPairIsInEveryResample() {
    Confidence confidence = whole(Phase.II, losses(0.5, 0.6), connectivity(0, 1, 1));

    assertThat(confidence.share()).isNull();
    assertThat(confidence.reason())
        .isEqualTo("train_loss of 2, mode_connectivity of 1: a confidence needs 3 of each");
  }

  @Test
  void manyModelsWithTwoPairsHaveNone() {
    assertThat(
            whole(
                    Phase.II,
                    losses(0.5, 0.5, 0.5, 0.5, 0.5),
                    connectivity(0, 1, 1),
                    connectivity(2, 3, 1))
                .reason())
        .isEqualTo("train_loss of 5, mode_connectivity of 2: a confidence needs 3 of each");
  }

  @Test
  void thePairsThatAreComparedCountInThePhasesThatDependOnThem() {
    List<Measurement> connected =
        List.of(connectivity(0, 1, 1), connectivity(1, 2, 1), connectivity(2, 0, 1));
    List<Measurement> compared = List.of(Rows.ofPair("cka", "paper", "model 0", "model 1", 0.9));
    PhaseConfidence confidence =
        new PhaseConfidence(RULE, losses(0.001, 0.001, 0.001), connected, compared);

    assertThat(confidence.of(Phase.IV_B, "cell", 1000).reason())
        .isEqualTo(
            "train_loss of 3, mode_connectivity of 3, cka of 1: a confidence needs 3 of each");
    assertThat(
            new PhaseConfidence(RULE, losses(0.5, 0.5, 0.5), connected, compared)
                .of(Phase.II, "cell", 1000)
                .share())
        .isEqualTo(0.75);
  }

  @Test
  void aCellWithoutPhaseHasNone() {
    assertThat(whole(null, losses(0.5, 0.6, 0.7), connectivity(0, 1, 1)).reason())
        .isEqualTo("there is no phase");
  }

  @Test
  void pairsOfOtherModelsTellNothing() {
    assertThat(
            confidence(
                Phase.II,
                losses(0.5, 0.6, 0.7),
                connectivity(7, 8, 1),
                connectivity(8, 9, 1),
                connectivity(9, 7, 1)))
        .isNull();
  }

  /**
   * The true mean is on the threshold, so either phase is as wrong as the other, and a confidence
   * of c or more should come up with probability 2 (1 - c) at most. The pairs of a ring have what
   * their models add and noise of their own.
   */
  @ParameterizedTest
  @CsvSource({"3, 0", "3, 1", "3, 10", "4, 0", "5, 0", "5, 1", "5, 10", "6, 0", "8, 0", "10, 1"})
  void onTheThreshold_aHighConfidenceIsAsRareAsItSays(int models, double noise) {
    int cells = 1000;
    List<Double> shares = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      CounterRandom random = CounterRandom.of("on the threshold", models + " " + noise, cell);
      double[] effects = new double[models];
      Arrays.setAll(effects, i -> random.nextGaussian());
      Measurement[] pairs = new Measurement[models];
      double sum = 0;
      for (int i = 0; i < models; i++) {
        int next = (i + 1) % models;
        double value = effects[i] + effects[next] + noise * random.nextGaussian();
        pairs[i] = connectivity(i, next, value);
        sum += value;
      }
      double[] high = new double[models];
      Arrays.fill(high, 0.5);
      shares.add(
          new PhaseConfidence(RULE, losses(high), List.of(pairs), List.of())
              .of(sum >= 0 ? Phase.II : Phase.I, "cell " + cell, 300)
              .share());
    }
    for (double level : new double[] {0.75, 0.8, 0.85, 0.9, 0.95, 0.98}) {
      double rate = shares.stream().filter(share -> share >= level).count() / (double) cells;
      // A bootstrap's spread is too small by a factor of the root of 1 - 1/n, and four standard
      // errors of the simulation.
      double allowed = 1.4 * 2 * (1 - level);
      assertThat(rate)
          .as("confidences of %s and more", level)
          .isLessThan(allowed + 4 * Math.sqrt(allowed / cells));
    }
  }
}
