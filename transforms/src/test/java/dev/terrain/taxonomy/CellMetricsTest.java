package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.TaxonomySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellMetricsTest {
  private static final CellIdentity CELL =
      new CellIdentity("cell", "width-batch", "width", 16, "batch_size", 128, "depth=2");
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");
  private static final CellMetrics METRICS =
      new CellMetrics((metric, subject) -> "mean over every " + subject);

  private static List<CellMetric> summarise(Measurement... rows) {
    return METRICS.summarise(CELL, List.of(rows), NOW);
  }

  @Test
  void everyMetricVariantAndChoiceOfParameters_hasARowOfItsOwn() {
    assertThat(
            summarise(
                Rows.ofModel("new_metric", "a", 5),
                Rows.row("hessian_trace", "default", "a", null)
                    .setValue(2.0)
                    .setParameters("fc1")
                    .build(),
                Rows.row("hessian_trace", "squared_error", "a", null).setValue(3.0).build(),
                Rows.ofModel("hessian_trace", "a", 1),
                Rows.ofPair("cka", "paper", "a", "b", 0.5)))
        .extracting(CellMetric::getMetric, CellMetric::getVariant, CellMetric::getParameters)
        .containsExactly(
            tuple("cka", "paper", null),
            tuple("hessian_trace", "default", null),
            tuple("hessian_trace", "default", "fc1"),
            tuple("hessian_trace", "squared_error", null),
            tuple("new_metric", "default", null));
  }

  @Test
  void aRow_saysWhereItIsAndHowTheValuesBecameOne() {
    CellMetric row =
        summarise(
                Rows.row("cka", "paper", "a", "b").setValue(0.5).setUnit("percent").build(),
                Rows.row("cka", "paper", "a", "c").setValue(0.7).setUnit("percent").build())
            .get(0);

    assertThat(row.getSweep()).isEqualTo("width-batch");
    assertThat(row.getCellId()).isEqualTo("cell");
    assertThat(row.getLoadSetting()).isEqualTo("width");
    assertThat(row.getLoadValue()).isEqualTo(16);
    assertThat(row.getTemperatureSetting()).isEqualTo("batch_size");
    assertThat(row.getTemperatureValue()).isEqualTo(128);
    assertThat(row.getSlice()).isEqualTo("depth=2");
    assertThat(row.getUnit()).isEqualTo("percent");
    assertThat(row.getSummary()).isEqualTo("mean over every PAIR");
    assertThat(row.getRevision()).isZero();
    assertThat(row.getComputedAt()).isEqualTo(NOW);
  }

  @Test
  void meanDeviationAndErrors_areThoseOfTheValues() {
    CellMetric row =
        summarise(
                value("a", 1, 0.3, 0.4),
                value("b", 2, 0.3, 0.4),
                Measurement.newBuilder(value("c", 6, 0.3, 0.4))
                    .setStatus(MeasurementStatus.NOT_CONVERGED)
                    .build(),
                Rows.row("hessian_trace", "default", "d", null)
                    .setStatus(MeasurementStatus.FAILED)
                    .setValue(1e9)
                    .setReason("why")
                    .build())
            .get(0);

    // Mean 3, variance (4 + 1 + 9) / 2; errors 0.3 / sqrt(3) and 0.4.
    assertThat(row.getN()).isEqualTo(3);
    assertThat(row.getNNotConverged()).isEqualTo(1);
    assertThat(row.getNWithoutValue()).isEqualTo(1);
    assertThat(row.getMean()).isEqualTo(3);
    assertThat(row.getStd()).isEqualTo(Math.sqrt(7));
    assertThat(row.getStdError()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-15));
    assertThat(row.getMeasurementError()).isCloseTo(Math.sqrt(0.03 + 0.16), within(1e-15));
    assertThat(row.getReason()).isNull();
  }

  private static Measurement value(String model, double value, double error, double dataError) {
    return Rows.row("hessian_trace", "default", model, null)
        .setValue(value)
        .setStdError(error)
        .setDataStdError(dataError)
        .build();
  }

  @Test
  void whatCannotBeTold_isNullWithTheReason() {
    CellMetric single = summarise(Rows.ofModel("train_loss", "a", 1)).get(0);
    CellMetric none =
        summarise(
                Rows.row("cka", "paper", "a", "b")
                    .setStatus(MeasurementStatus.UNDEFINED)
                    .setReason("an output is constant")
                    .build())
            .get(0);

    assertThat(single.getMean()).isEqualTo(1);
    assertThat(single.getStd()).isNull();
    assertThat(single.getStdError()).isNull();
    assertThat(single.getMeasurementError()).isNull();
    assertThat(single.getReason()).isEqualTo("a single value has no standard deviation");
    assertThat(none.getN()).isZero();
    assertThat(none.getMean()).isNull();
    assertThat(none.getReason()).isEqualTo("none of 1 has a value: an output is constant");
  }

  @Test
  void rows_haveTheBitsOfTheColumnsOfCells_inWhateverOrderTheyCome() {
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(Rows.ofModel("train_loss", "model " + i, 0.001 + 0.0017 * i + 0.1 / (i + 3)));
    }
    Cell cell =
        new CellSummary(TaxonomySettings.newBuilder().build())
            .summarise(CELL, rows, List.of(), NOW);
    rows.add(rows.get(0));

    for (int shuffle = 0; shuffle < 20; shuffle++) {
      List<Measurement> shuffled = new ArrayList<>();
      for (int i : CounterRandom.of("test", "shuffle", shuffle).permutation(rows.size())) {
        shuffled.add(rows.get(i));
      }
      CellMetric row = METRICS.summarise(CELL, shuffled, NOW).get(0);
      assertThat(row.getMean()).isEqualTo(cell.getTrainLossMean());
      assertThat(row.getStd()).isEqualTo(cell.getTrainLossStd());
      assertThat(row.getN()).isEqualTo(cell.getNTrainLoss());
    }
  }

  @Test
  void valuesOfTwoUnits_haveNoMean() {
    assertThatThrownBy(
            () ->
                summarise(
                    Rows.ofModel("gradient_norm", "a", 1),
                    Measurement.newBuilder(Rows.ofModel("gradient_norm", "b", 1))
                        .setUnit("nats")
                        .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the measurements of gradient_norm (default) are of a MODEL in 1 and of a MODEL in"
                + " nats; a mean needs one unit");
  }

  @Test
  void rowsOfAnotherCell_areRefused() {
    Measurement stranger =
        Measurement.newBuilder(Rows.ofModel("train_loss", "a", 1)).setCellId("other").build();

    assertThatThrownBy(() -> summarise(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a measurement of train_loss belongs to cell other, not to cell");
  }
}
