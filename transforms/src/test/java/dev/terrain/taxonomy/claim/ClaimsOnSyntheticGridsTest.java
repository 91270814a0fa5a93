package dev.terrain.taxonomy.claim;

import static dev.terrain.taxonomy.claim.Landscapes.decide;
import static dev.terrain.taxonomy.claim.Landscapes.isConverged;
import static dev.terrain.taxonomy.claim.Landscapes.ripple;
import static dev.terrain.taxonomy.claim.Landscapes.typical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.SyntheticGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grids that are made to show a claim, or its opposite. */
class ClaimsOnSyntheticGridsTest {
  private static void assertVerdict(String claim, Verdict verdict, PhasedDiagram... diagrams) {
    ClaimVerdict decided = decide(claim, diagrams);

    assertThat(decided.verdict()).as(decided.numbers()).isEqualTo(verdict);
    assertThat(decided.cells()).as(decided.numbers()).isNotEmpty();
  }

  private static SyntheticGrid.Metric accuracy(double poor, double four, double unconverged) {
    return (column, row) ->
        (isConverged(column, row) ? column < 3 ? poor : four : unconverged)
            + 0.3 * ripple(column, row);
  }

  @Test
  void bestInOneFlatBasin_holdsWhereSimilarCellsAreBestAndFailsWhereTheyAreNot() {
    assertVerdict("C1", Verdict.SUPPORTED, typical().phased(""));
    assertVerdict(
        "C1",
        Verdict.CONTRADICTED,
        typical().with("test_accuracy", accuracy(70, 60, 80)).phased(""));
  }

  @Test
  void bestInOneFlatBasin_averagesOverDiagrams() {
    assertVerdict(
        "C1",
        Verdict.SUPPORTED,
        typical().phased("weight_decay=0.1"),
        typical().phased("weight_decay=0.2"));
  }

  @Test
  void sharpnessAlone_holdsWhereEqualTracesHaveUnequalAccuracy() {
    assertVerdict(
        "C2", Verdict.SUPPORTED, typical().with("test_accuracy", accuracy(70, 80, 60)).phased(""));
  }

  @Test
  void sharpnessAlone_failsWhereAccuracyIsAFunctionOfTheTrace() {
    SyntheticGrid.Metric logTrace =
        (column, row) -> (isConverged(column, row) ? 4 : 7) + 0.2 * row + 0.11 * column;
    assertVerdict(
        "C2",
        Verdict.CONTRADICTED,
        typical()
            .with("hessian_trace", (column, row) -> Math.exp(logTrace.of(column, row)))
            .with("test_accuracy", (column, row) -> 100 - 5 * logTrace.of(column, row))
            .phased(""));
  }

  @Test
  void sharpnessAlone_holdsWhereMoreDataSharpenAndHelp() {
    SyntheticGrid.Metric logTrace =
        (column, row) -> (isConverged(column, row) ? 4 : 7) + 0.2 * row + 0.11 * column;
    PhasedDiagram[] slices = new PhasedDiagram[2];
    for (int i = 0; i < slices.length; i++) {
      double data = 0.5 * (i + 1);
      slices[i] =
          typical()
              .with("hessian_trace", (column, row) -> Math.exp(logTrace.of(column, row) + data))
              .with("test_accuracy", (column, row) -> 80 - 5 * logTrace.of(column, row) + 20 * data)
              .phased("data_fraction=" + data);
    }
    assertVerdict("C2", Verdict.SUPPORTED, slices);
    assertThat(decide("C2", slices).numbers())
        .contains("differ in data_fraction the sharper one is the more accurate in 36 of 36");
  }

  @Test
  void poorConnectivity_followsTheWidth() {
    assertVerdict("C3", Verdict.SUPPORTED, typical().phased(""));
    assertVerdict(
        "C3",
        Verdict.CONTRADICTED,
        typical().with("mode_connectivity", (column, row) -> -0.8 * column).phased(""));
  }

  @Test
  void poorConnectivity_isNotDecidedWhereNoneIsPoor() {
    assertThat(
            decide(
                    "C3",
                    typical()
                        .with("mode_connectivity", (column, row) -> 0.1 * (column - 7))
                        .phased(""))
                .verdict())
        .isEqualTo(Verdict.NOT_DECIDABLE);
  }

  /** Label noise as the load axis, and the width fixed. */
  @Test
  void poorConnectivity_followsLabelNoiseOnAnAxis() {
    SyntheticGrid grid =
        typical()
            .withLoad(
                new DiagramAxis(
                    "label_noise", List.of(0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6), true));
    assertVerdict(
        "C3",
        Verdict.SUPPORTED,
        grid.with("mode_connectivity", (column, row) -> -0.8 * column).phased(""));
    assertVerdict(
        "C3",
        Verdict.CONTRADICTED,
        grid.with("mode_connectivity", (column, row) -> 0.8 * (column - 7)).phased(""));
  }

  @Test
  void zeroLossCanHurt_holdsWhereStoppingEarlyIsBetter() {
    assertVerdict(
        "C4", Verdict.SUPPORTED, typical().with("test_accuracy", accuracy(70, 80, 75)).phased(""));
    assertVerdict(
        "C4",
        Verdict.CONTRADICTED,
        typical().with("test_accuracy", accuracy(70, 80, 60)).phased(""));
  }

  private static PhasedDiagram[] dataSlices(double similarityPerStep, int firstConnectedStep) {
    PhasedDiagram[] slices = new PhasedDiagram[3];
    for (int i = 0; i < slices.length; i++) {
      int step = i;
      slices[i] =
          typical()
              .with(
                  "cka",
                  (column, row) ->
                      0.5 + similarityPerStep * step + 0.01 * ripple(column, row + step))
              .with(
                  "mode_connectivity",
                  (column, row) -> column < 3 + firstConnectedStep * step ? -4 + 0.1 * column : 0)
              .phased("data_fraction=0." + (i + 1));
    }
    return slices;
  }

  @Test
  void betterConnectivity_holdsWhereDataMakeModelsAlikeAndAskForWiderOnes() {
    assertVerdict("C5", Verdict.SUPPORTED, dataSlices(0.1, 1));
    assertThat(decide("C5", dataSlices(0.1, 1)).numbers())
        .startsWith("3 of 4 parts are decided")
        .contains("cka rises with data_fraction in 108 and falls in 0")
        .contains("being converged and connected rises with data_fraction in 0");
  }

  @Test
  void betterConnectivity_failsWhereDataMakeModelsDiffer() {
    assertVerdict("C5", Verdict.CONTRADICTED, dataSlices(-0.1, 1));
    assertVerdict("C5", Verdict.CONTRADICTED, dataSlices(0.1, -1));
  }

  @Test
  void dipsAtTheTransition_holdsForADarkBandAlongIt() {
    assertVerdict(
        "C6",
        Verdict.SUPPORTED,
        typical()
            .with(
                "test_accuracy",
                (column, row) -> 80 - (column + row == 6 ? 8 : 0) + 0.1 * ripple(column, row))
            .phased(""));
  }

  @Test
  void dipsAtTheTransition_failsForADarkBandFarFromIt() {
    assertVerdict(
        "C6",
        Verdict.CONTRADICTED,
        typical()
            .with("train_loss", (column, row) -> row == 7 ? 0.001 : 0.5)
            .with(
                "test_accuracy",
                (column, row) -> 80 - (row == 1 ? 8 : 0) + 0.1 * ripple(column, row))
            .phased(""));
  }

  private static PhasedDiagram[] schedules(double gainAtTransition, double gainElsewhere) {
    return new PhasedDiagram[] {
      typical().phased("learning_rate_schedule=constant, weight_decay=0.1"),
      typical()
          .with(
              "test_accuracy",
              (column, row) ->
                  typicalAccuracy(column, row)
                      + (column == 2 || column == 3 ? gainAtTransition : gainElsewhere)
                      + 0.2 * ripple(column + 1, row + 2))
          .phased(
              "learning_rate_milestones=[40, 60], learning_rate_schedule=step, weight_decay=0.1")
    };
  }

  private static double typicalAccuracy(int column, int row) {
    return typical()
        .diagram("")
        .at(column, row)
        .orElseThrow()
        .value("test_accuracy")
        .orElseThrow()
        .mean();
  }

  @Test
  void decayedRates_looksWhereTheGainIsLargest() {
    assertVerdict("C7", Verdict.SUPPORTED, schedules(6, 2));
    assertVerdict("C7", Verdict.CONTRADICTED, schedules(2, 6));
  }

  @Test
  void decayedRates_failsWhereAPhaseIsLost() {
    PhasedDiagram[] diagrams = schedules(6, 2);
    diagrams[1] =
        typical()
            .with("train_loss", (column, row) -> 0.001)
            .phased("learning_rate_schedule=step, weight_decay=0.1");

    assertVerdict("C7", Verdict.CONTRADICTED, diagrams);
    assertThat(decide("C7", diagrams).numbers()).contains("phases I, II are lost");
  }

  @Test
  void decayedRates_isNotDecidedWhereMoreThanTheScheduleDiffers() {
    ClaimVerdict verdict =
        decide(
            "C7",
            typical().phased("learning_rate_schedule=constant, weight_decay=0.1"),
            typical().phased("learning_rate_schedule=step, weight_decay=0.2"));

    assertThat(verdict.verdict()).isEqualTo(Verdict.NOT_DECIDABLE);
  }

  @Test
  void noiseAndCurvature_followsTheTraceAlongTheBatchSize() {
    assertVerdict("C8", Verdict.SUPPORTED, typical().phased(""));
    assertVerdict(
        "C8",
        Verdict.CONTRADICTED,
        typical().with("hessian_trace", (column, row) -> 500 - 20 * row + column).phased(""));
  }

  private static PhasedDiagram[] noisy(
      String setting, double similarity, double logTrace, double barrier) {
    PhasedDiagram[] slices = new PhasedDiagram[3];
    for (int i = 0; i < slices.length; i++) {
      int step = i;
      slices[i] =
          typical()
              .with(
                  "cka",
                  (column, row) -> 0.7 + similarity * step + 0.005 * ripple(column, row + step))
              .with("mode_connectivity", (column, row) -> column < 3 ? -4 : 0 - barrier * step)
              .with(
                  "hessian_trace",
                  (column, row) ->
                      Math.exp(5 + 0.02 * ripple(column + step, row) + logTrace * step))
              // Batch size is the axis of another part of the claim.
              .withTemperature(
                  new DiagramAxis("momentum", List.of(.1, .2, .3, .4, .5, .6, .7, .8), true))
              .phased(setting + "=0." + i);
    }
    return slices;
  }

  @Test
  void noiseAndCurvature_holdsWherePixelNoiseLowersSimilarityAlone() {
    assertVerdict("C8", Verdict.SUPPORTED, noisy("pixel_noise", -0.05, 0, 0));
    assertVerdict("C8", Verdict.CONTRADICTED, noisy("pixel_noise", -0.05, 0, 2));
    assertVerdict("C8", Verdict.CONTRADICTED, noisy("pixel_noise", 0.05, 0, 0));
  }

  @Test
  void noiseAndCurvature_holdsWhereLabelNoiseLeavesTheTrace() {
    assertVerdict("C8", Verdict.SUPPORTED, noisy("label_noise", -0.05, 0, 0));
    assertVerdict("C8", Verdict.CONTRADICTED, noisy("label_noise", -0.05, 0.5, 0));
  }

  @Test
  void distanceAgainstSimilarity_followsTheStrongerCorrelation() {
    assertVerdict("C9", Verdict.SUPPORTED, typical().phased(""));
    assertVerdict(
        "C9",
        Verdict.CONTRADICTED,
        typical()
            .with("l2_distance", (column, row) -> 100 - typicalAccuracy(column, row))
            .with("cka", (column, row) -> 0.5 + 0.01 * ((5 * column + 3 * row) % 8))
            .phased(""));
  }
}
