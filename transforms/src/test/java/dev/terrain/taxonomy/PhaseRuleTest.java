package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.TaxonomySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseRuleTest {
  private final PhaseRule rule = new PhaseRule(TaxonomySettings.newBuilder().build());

  @ParameterizedTest
  @CsvSource({
    "0.5, -0.001, 0.9, I",
    "0.5, 0, 0.9, II",
    "0.01, 3, 0.9, II",
    "0.0099, -1.001, 0.9, III",
    "0.0099, -1, 0.9, IV-B",
    "0.0099, 2, 0.65, IV-B",
    "0.0099, 2, 0.6499, IV-A"
  })
  void sortsByLossThenConnectivityThenSimilarity(
      double trainLoss, double modeConnectivity, double cka, String phase) {
    assertThat(rule.decide(trainLoss, modeConnectivity, cka).phase().label()).isEqualTo(phase);
  }

  @Test
  void saysWhichInequalitiesDecided() {
    assertThat(rule.decide(0.0023, -0.2, 0.71).reason())
        .isEqualTo("train_loss 0.0023 < 0.01; mode_connectivity -0.2 >= -1; cka 0.71 >= 0.65");
    assertThat(rule.decide(0.0023, -7.46912, null).reason())
        .isEqualTo("train_loss 0.0023 < 0.01; mode_connectivity -7.469 < -1");
    assertThat(rule.decide(1.5, 0.0, null).reason())
        .isEqualTo("train_loss 1.5 >= 0.01; mode_connectivity 0 >= 0");
  }

  @Test
  void aMeanThatRoundingAloneKeepsOffItsThresholdIsOnIt() {
    double mean = (-0.1 - 0.2 + 0.3) / 3;

    assertThat(mean).isNegative();
    assertThat(rule.decide(0.5, mean, null))
        .isEqualTo(new PhaseVerdict(Phase.II, "train_loss 0.5 >= 0.01; mode_connectivity 0 >= 0"));
    assertThat(rule.decide(0.001, -1 + mean, 0.7).phase()).isEqualTo(Phase.IV_B);
    assertThat(rule.decide(0.5, -1e-9, null).phase()).isEqualTo(Phase.I);
  }

  @Test
  void aReasonIsNotRoundedIntoAContradiction() {
    assertThat(rule.decide(0.001, 0.0, 0.64999999).reason()).endsWith("cka 0.64999999 < 0.65");
  }

  @Test
  void nullsLeaveThePhaseOpenOnlyWhereItDependsOnThem() {
    assertThat(rule.decide(null, 1.0, 0.7))
        .isEqualTo(new PhaseVerdict(null, "train_loss is missing"));
    assertThat(rule.decide(0.5, null, 0.7))
        .isEqualTo(new PhaseVerdict(null, "train_loss 0.5 >= 0.01; mode_connectivity is missing"));
    assertThat(rule.decide(0.001, 0.0, null))
        .isEqualTo(
            new PhaseVerdict(
                null, "train_loss 0.001 < 0.01; mode_connectivity 0 >= -1; cka is missing"));
    assertThat(rule.decide(0.5, 1.0, null).phase()).isEqualTo(Phase.II);
    assertThat(rule.decide(0.001, -3.0, null).phase()).isEqualTo(Phase.III);
  }

  @Test
  void followsItsThresholds() {
    PhaseRule strict =
        new PhaseRule(
            TaxonomySettings.newBuilder()
                .setConvergedTrainLoss(0.1)
                .setConnectedModeConnectivity(0)
                .setSimilarCka(0.5)
                .build());

    assertThat(strict.decide(0.05, -0.01, 0.9).phase()).isEqualTo(Phase.III);
    assertThat(strict.decide(0.05, 0.0, 0.55))
        .isEqualTo(
            new PhaseVerdict(
                Phase.IV_B, "train_loss 0.05 < 0.1; mode_connectivity 0 >= 0; cka 0.55 >= 0.5"));
  }
}
