package dev.terrain.taxonomy.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Along;
import dev.terrain.taxonomy.trend.DoubleDescent;
import dev.terrain.taxonomy.trend.EnsembleGain;
import dev.terrain.taxonomy.trend.SyntheticGrid;
import dev.terrain.taxonomy.trend.Trends;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids that tell little: an answer says so, and is never an exception. */
class ClaimsOnPoorGridsTest {
  private static final List<String> METRICS =
      List.of(
          "train_loss",
          "mode_connectivity",
          "cka",
          "l2_distance",
          "hessian_trace",
          "test_accuracy");

  private static void assertAnswers(PhasedDiagram... diagrams) {
    List<ClaimVerdict> verdicts = Claims.of(List.of(diagrams));
    assertThat(verdicts).hasSize(9);
    for (ClaimVerdict verdict : verdicts) {
      assertThat(verdict.numbers()).isNotBlank().doesNotContain("NaN", "Infinity", "null");
    }
    for (PhasedDiagram diagram : diagrams) {
      Trends.of(diagram);
      EnsembleGain.of(diagram);
      for (Along along : Along.values()) {
        DoubleDescent.of(diagram.diagram(), along);
      }
    }
  }

  private static SyntheticGrid constant(int columns, int rows) {
    SyntheticGrid grid = new SyntheticGrid(columns, rows);
    METRICS.forEach(metric -> grid.with(metric, (column, row) -> 0.5));
    return grid;
  }

  private static SyntheticGrid typical(int columns, int rows) {
    PhasedDiagram whole = Landscapes.typical().phased("");
    SyntheticGrid grid = new SyntheticGrid(columns, rows);
    METRICS.forEach(
        metric ->
            grid.with(
                metric,
                (column, row) ->
                    whole
                        .diagram()
                        .at(column, 7 - row)
                        .orElseThrow()
                        .value(metric)
                        .orElseThrow()
                        .mean()));
    return grid;
  }

  @Test
  void of_saysThatThereAreNoCells() {
    assertThat(Claims.of(List.of()))
        .allMatch(verdict -> verdict.verdict() == Verdict.NOT_DECIDABLE)
        .allMatch(verdict -> verdict.numbers().equals("there are no cells"));
    assertAnswers(new SyntheticGrid(0, 0).phased(""));
  }

  @Test
  void of_decidesNothingWhereAllCellsAreAlike() {
    assertThat(Claims.of(List.of(constant(6, 6).phased(""))))
        .allMatch(verdict -> verdict.verdict() == Verdict.NOT_DECIDABLE);
    assertThat(Claims.of(List.of(constant(6, 6).with("train_loss", (c, r) -> 0).phased(""))))
        .allMatch(verdict -> verdict.verdict() == Verdict.NOT_DECIDABLE);
  }

  @Test
  void of_answersForOneRowOneColumnAndOneCell() {
    assertAnswers(typical(8, 1).phased(""));
    assertAnswers(typical(1, 8).phased(""));
    assertAnswers(typical(1, 1).phased(""));
    assertAnswers(typical(2, 2).phased("label_noise=0.1"), typical(2, 2).phased("label_noise=x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train_loss",
        "mode_connectivity",
        "cka",
        "l2_distance",
        "hessian_trace",
        "test_accuracy"
      })
  void of_answersWhereAMetricIsMissing(String metric) {
    assertAnswers(
        typical(5, 5).phased("label_noise=0.1"),
        typical(5, 5).without(metric).phased("label_noise=0.2"));
    assertAnswers(typical(5, 5).without(metric).phased(""));
  }

  @Test
  void of_answersWhereCellsAreMissing() {
    SyntheticGrid grid = Landscapes.typical();
    METRICS.forEach(
        metric ->
            grid.with(
                metric,
                (column, row) ->
                    (column + 2 * row) % 3 == 0 ? Double.NaN : 1 + column + 0.1 * row));
    assertAnswers(grid.phased(""));
  }

  @Test
  void of_seldomDecidesAClaimOnNoise() {
    Map<String, Integer> decided = new HashMap<>();
    int grids = 12;
    for (int i = 0; i < grids; i++) {
      CounterRandom random = CounterRandom.of("noise", "claims test", i);
      List<PhasedDiagram> diagrams = new ArrayList<>();
      for (String schedule : List.of("constant", "step")) {
        diagrams.add(
            new SyntheticGrid(6, 6)
                .with("train_loss", (column, row) -> random.nextInt(2) == 0 ? 0.001 : 0.5)
                .with("mode_connectivity", (column, row) -> 3 * random.nextGaussian())
                .with("cka", (column, row) -> 0.65 + 0.1 * random.nextGaussian())
                .with("l2_distance", (column, row) -> 20 + random.nextGaussian())
                .with("hessian_trace", (column, row) -> 100 + 5 * random.nextGaussian())
                .with("test_accuracy", (column, row) -> 80 + 0.5 * random.nextGaussian())
                .withError("test_accuracy", 0.5)
                .phased("learning_rate_schedule=" + schedule));
      }
      Claims.of(diagrams).stream()
          .filter(verdict -> verdict.verdict() != Verdict.NOT_DECIDABLE)
          .forEach(verdict -> decided.merge(verdict.claim(), 1, Integer::sum));
    }

    // Noise has all phases at both schedules (C7).
    for (String claim : List.of("C1", "C2", "C3", "C4", "C5", "C6", "C8", "C9")) {
      assertThat(decided.getOrDefault(claim, 0)).as(claim + " in " + decided).isBetween(0, 3);
    }
  }
}
