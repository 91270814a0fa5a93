package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendsTest {
  private static final PhasedDiagram PUBLISHED =
      new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build());

  /** Third decimal. */
  private static final double ROUNDED = 0.0005001;

  /** Numbers of the published grid that were computed from its released table by other means. */
  @ParameterizedTest
  @CsvSource({
    "train_loss, ALL, 169, -.883, -.713, -.711",
    "hessian_top_eigenvalue, ALL, 169, -.679, -.508, -.475",
    "hessian_trace, ALL, 169, -.448, -.315, -.411",
    "absolute_mode_connectivity, ALL, 169, -.834, -.652, -.717",
    "cka, ALL, 169, .771, .600, .655",
    "hessian_top_eigenvalue, CONVERGED, 39, -.859, -.719, -.136",
    "hessian_trace, CONVERGED, 39, -.903, -.752, -.326",
    "mode_connectivity, CONVERGED, 39, .882, .750, .581",
    "cka, CONVERGED, 39, .973, .870, .707",
    "hessian_trace, IV, 33, -.851, -.686, -.145",
    "cka, IV, 33, .956, .826, .651"
  })
  void of_agreesWithThePublishedGridToTheThirdDecimal(
      String quantity, CellGroup group, int cells, double spearman, double kendall, double given) {
    MetricTrend trend = Trends.of(PUBLISHED, quantity, group);

    assertThat(trend.cells()).isEqualTo(cells);
    assertThat(trend.spearman().value()).isCloseTo(spearman, within(ROUNDED));
    assertThat(trend.kendall().value()).isCloseTo(kendall, within(ROUNDED));
    assertThat(trend.conditional().value()).isCloseTo(given, within(ROUNDED));
    assertThat(trend.controls()).containsExactly("width", "batch_size");
  }

  @Test
  void of_showsThatSimilarityOutlivesItsControlsAndSharpnessDoesNot() {
    Interval similarity =
        Objects.requireNonNull(
            Trends.of(PUBLISHED, "cka", CellGroup.CONVERGED).conditional().interval());
    Interval sharpness =
        Objects.requireNonNull(
            Trends.of(PUBLISHED, "hessian_top_eigenvalue", CellGroup.CONVERGED)
                .conditional()
                .interval());

    assertThat(similarity.excludesZero()).isTrue();
    assertThat(sharpness.excludesZero()).isFalse();
  }

  @Test
  void of_hasOneTrendForEachQuantityAndGroupAndAbsoluteConnectivityBesideTheSignedOne() {
    List<MetricTrend> trends =
        Trends.of(
            new SyntheticGrid(3, 2)
                .with("test_accuracy", (column, row) -> column + row)
                .with("mode_connectivity", (column, row) -> column - 1)
                .phased(""));

    assertThat(trends).hasSize(2 * CellGroup.values().length);
    assertThat(trends.stream().map(MetricTrend::quantity).distinct())
        .containsExactly("absolute_mode_connectivity", "mode_connectivity");
  }

  @Test
  void of_saysWhyThereIsNoCorrelation() {
    SyntheticGrid grid =
        new SyntheticGrid(3, 3)
            .with("test_accuracy", (column, row) -> 10 * column + row)
            .with("same", (column, row) -> 4)
            .with("rare", (column, row) -> row == 0 ? column : Double.NaN)
            .with("n_params", (column, row) -> 100 * column);

    assertThat(Trends.of(grid.phased(""), "same", CellGroup.ALL).spearman())
        .isEqualTo(Estimate.none("same is the same in all 9 cells"));
    assertThat(Trends.of(grid.phased(""), "rare", CellGroup.ALL).kendall())
        .isEqualTo(Estimate.none("3 cells have both numbers, 4 are needed"));
    assertThat(Trends.of(grid.phased(""), "same", CellGroup.III).spearman())
        .isEqualTo(Estimate.none("0 cells have both numbers, 4 are needed"));
    assertThat(Trends.of(grid.phased(""), "n_params", CellGroup.ALL).conditional())
        .isEqualTo(Estimate.none("load and temperature alone determine one of the two orders"));
    assertThat(
            Trends.of(
                    grid.with("test_accuracy", (column, row) -> 70).phased(""),
                    "n_params",
                    CellGroup.ALL)
                .spearman()
                .reason())
        .isEqualTo("test_accuracy is the same in all 9 cells");
  }

  @Test
  void of_isConditionalOnTheKnobThatVariesInASingleRow() {
    MetricTrend trend =
        Trends.of(
            new SyntheticGrid(9, 1)
                .with("test_accuracy", (column, row) -> column * column % 7)
                .with("cka", (column, row) -> column * 5 % 9)
                .phased(""),
            "cka",
            CellGroup.ALL);

    assertThat(trend.controls()).containsExactly("width");
    assertThat(trend.conditional().value()).isNotNull();
  }

  @Test
  void of_givesNoIntervalWhereTheOrderIsPerfect() {
    Estimate perfect =
        Trends.of(
                new SyntheticGrid(4, 4)
                    .with("test_accuracy", (column, row) -> 4 * column + row)
                    .with("cka", (column, row) -> 0.1 * column + 0.02 * row)
                    .phased(""),
                "cka",
                CellGroup.ALL)
            .spearman();

    assertThat(perfect.value()).isEqualTo(1);
    assertThat(perfect.interval()).isNull();
    assertThat(perfect.reason()).contains("perfect");
  }

  @Test
  void of_coversTheTrueCorrelationOfNormalNumbers() {
    double correlation = 0.7;
    double spearman = 6 / Math.PI * Math.asin(correlation / 2);
    double kendall = 2 / Math.PI * Math.asin(correlation);
    int grids = 100;
    int coveredSpearman = 0;
    int coveredKendall = 0;
    int coveredConditional = 0;
    for (int i = 0; i < grids; i++) {
      CounterRandom random = CounterRandom.of("coverage", "trend test", i);
      double[][] x = new double[6][6];
      double[][] y = new double[6][6];
      for (int j = 0; j < 36; j++) {
        x[j / 6][j % 6] = random.nextGaussian();
        y[j / 6][j % 6] =
            correlation * x[j / 6][j % 6]
                + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
      }
      MetricTrend trend =
          Trends.of(
              new SyntheticGrid(6, 6)
                  .with("test_accuracy", (column, row) -> y[column][row])
                  .with("cka", (column, row) -> x[column][row])
                  .phased("grid " + i),
              "cka",
              CellGroup.ALL);
      coveredSpearman += covers(trend.spearman(), spearman) ? 1 : 0;
      coveredKendall += covers(trend.kendall(), kendall) ? 1 : 0;
      // The knobs have nothing to do with either number, so they take nothing away.
      coveredConditional += covers(trend.conditional(), spearman) ? 1 : 0;
    }

    assertThat(coveredSpearman).isBetween(88, 100);
    assertThat(coveredKendall).isBetween(88, 100);
    assertThat(coveredConditional).isBetween(88, 100);
  }

  private static boolean covers(Estimate estimate, double truth) {
    Interval interval = Objects.requireNonNull(estimate.interval());
    return interval.low() <= truth && truth <= interval.high();
  }
}
