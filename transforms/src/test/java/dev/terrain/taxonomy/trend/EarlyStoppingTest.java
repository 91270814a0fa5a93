package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  /** One column: unconverged in the first rows, in phase III from a row on. */
  private static SyntheticGrid column(int firstConverged, double... accuracies) {
    return new SyntheticGrid(1, accuracies.length)
        .with("train_loss", (column, row) -> row < firstConverged ? 0.8 : 0.002)
        .with("mode_connectivity", (column, row) -> row < firstConverged ? 5 : -8)
        .with("test_accuracy", (column, row) -> accuracies[row]);
  }

  /** The study's column with 10 percent label noise and width 11. */
  @Test
  void of_findsStoppingEarlyBetterInTheStudysNoisyColumn() {
    EarlyStopping.Column column =
        EarlyStopping.of(column(2, 75.7, 74.0, 71.9, 71.0, 69.3).phased(""), 1).columns().get(0);

    assertThat(column.gain()).isCloseTo(3.8, within(1e-9));
    assertThat(column.isBetterEarly()).isTrue();
    assertThat(column.poorlyConnected()).hasSize(3);
  }

  @Test
  void of_comparesTheColumnsOfThePublishedGridThatEndInPhaseThree() {
    List<EarlyStopping.Column> columns =
        EarlyStopping.of(
                new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build()),
                1)
            .columns();

    assertThat(columns.stream().map(EarlyStopping.Column::load)).containsExactly(6.0, 8.0, 11.0);
    assertThat(columns.get(0).gain()).isCloseTo(75.8 - 73.9, within(0.1));
    assertThat(columns.get(1).gain()).isCloseTo(77.1 - 77.6, within(0.1));
    assertThat(columns.get(2).gain()).isCloseTo(78.2 - 80.9, within(0.1));
    assertThat(columns.stream().map(EarlyStopping.Column::isBetterEarly))
        .containsExactly(false, false, false);
    assertThat(columns.stream().map(EarlyStopping.Column::isBetterConverged))
        .containsExactly(false, false, true);
  }

  @Test
  void of_takesTheColdestCellByTheDirectionOfTheAxis() {
    DiagramAxis rates = new DiagramAxis("learning_rate", List.of(0.1, 0.2, 0.4), true);
    SyntheticGrid grid =
        new SyntheticGrid(1, 3)
            .withTemperature(rates)
            .with("train_loss", (column, row) -> row == 2 ? 0.8 : 0.002)
            .with("cka", (column, row) -> 0.5)
            .with("test_accuracy", (column, row) -> 70 + 5 * row);

    assertThat(
            EarlyStopping.of(
                    grid.with("mode_connectivity", (column, row) -> row == 0 ? -8 : 0).phased(""),
                    1)
                .columns())
        .hasSize(1);
    assertThat(
            EarlyStopping.of(
                    grid.with("mode_connectivity", (column, row) -> row == 1 ? -8 : 0).phased(""),
                    1)
                .columns())
        .isEmpty();
  }

  @Test
  void of_asksNothingWhereNoCellIsUnconvergedOrNoMetricIsKnown() {
    assertThat(EarlyStopping.of(column(0, 70, 71, 72).phased(""), 1).columns()).isEmpty();
    assertThat(
            EarlyStopping.of(column(2, 70, 71, 72).without("train_loss").phased(""), 1).columns())
        .isEmpty();
  }

  @Test
  void of_doesNotTakeTheBestOfManyNoisyCellsForAGain() {
    int gains = 0;
    for (int i = 0; i < 100; i++) {
      CounterRandom random = CounterRandom.of("early", "test", i);
      double[] accuracies = new double[12];
      for (int j = 0; j < accuracies.length; j++) {
        accuracies[j] = 75 + random.nextGaussian();
      }
      EarlyStopping.Column column =
          EarlyStopping.of(
                  column(10, accuracies).withError("test_accuracy", 1).phased("grid " + i), 1)
              .columns()
              .get(0);
      gains += column.isBetterEarly() ? 1 : 0;
    }

    // Of 100 columns with a chance of one in forty 8 or more show a gain in 0.4 percent of cases.
    assertThat(gains).isBetween(0, 7);
  }
}
