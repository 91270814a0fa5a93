package dev.terrain.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Samples;
import dev.terrain.beam.units.StageCounters;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Cell;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class SummariseCellsTest {
  private static final Sweep SWEEP =
      SweepFile.parse(
          """
          name: small
          axes:
            load:
              width: [2, 4]
            temperature:
              batch_size: [32]
            other:
              label_noise: [0.1]
          seeds: 3
          """,
          "test");

  private static final List<ModelSpec> SPECS = SweepExpansion.of(SWEEP).models().toList();

  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  private <T extends SpecificRecord> PCollection<T> rows(Class<T> type, List<T> rows) {
    return pipeline.apply(
        type.getSimpleName(),
        rows.isEmpty()
            ? Create.empty(Coders.of(type))
            : Create.of(rows).withCoder(Coders.of(type)));
  }

  private SummarisedCells summarised(List<Model> models, List<Measurement> measurements) {
    return PCollectionTuple.of(SummariseCells.SPECS, rows(ModelSpec.class, SPECS))
        .and(SummariseCells.MODELS, rows(Model.class, models))
        .and(SummariseCells.MEASUREMENTS, rows(Measurement.class, measurements))
        .apply(SummariseCells.of(SWEEP));
  }

  private PCollection<Cell> summarise(List<Model> models, List<Measurement> measurements) {
    return summarised(models, measurements).cells();
  }

  private static Map<Double, Cell> byWidth(Iterable<Cell> cells) {
    Map<Double, Cell> byWidth = new HashMap<>();
    cells.forEach(cell -> assertThat(byWidth.put(cell.getLoadValue(), cell)).isNull());
    return byWidth;
  }

  private static Measurement trainLoss(ModelSpec spec, double value) {
    return Samples.result(Samples.training(spec), value).getMeasurements().get(0);
  }

  @Test
  void cell_isSummarisedOverItsSeedsAndPlacedInItsPhase() {
    List<ModelRef> pair =
        SPECS.subList(0, 2).stream().map(s -> Samples.training(s).getModels().get(0)).toList();
    Unit connection =
        MeasuredUnits.connectivity(pair, ConnectivitySettings.newBuilder().build()).get(0);
    Measurement connectivity =
        Samples.measurement(connection, "mode_connectivity")
            .setModelId(pair.get(0).getModelId())
            .setOtherModelId(pair.get(1).getModelId())
            .setValue(-3.0)
            .build();
    List<Model> models =
        List.of(
            Samples.model(SPECS.get(0), ModelStatus.TRAINED),
            Samples.model(SPECS.get(1), ModelStatus.TRAINED),
            Samples.model(SPECS.get(2), ModelStatus.DIVERGED));
    List<Measurement> measurements =
        List.of(trainLoss(SPECS.get(0), 0.5), trainLoss(SPECS.get(1), 0.7), connectivity);
    PAssert.that(summarise(models, measurements))
        .satisfies(
            cells -> {
              Cell cell = byWidth(cells).get(2.0);
              assertThat(cell.getNModels()).isEqualTo(2);
              assertThat(cell.getNDiverged()).isEqualTo(1);
              assertThat(cell.getNPairs()).isEqualTo(1);
              assertThat(cell.getTrainLossMean()).isCloseTo(0.6, within(1e-15));
              assertThat(cell.getTrainLossStd()).isCloseTo(Math.sqrt(0.02), within(1e-15));
              assertThat(cell.getModeConnectivityMean()).isEqualTo(-3);
              assertThat(cell.getCkaMean()).isNull();
              assertThat(cell.getPhase()).isEqualTo("I");
              return null;
            });
    pipeline.run();
  }

  @Test
  void cellWithoutModels_hasARowWithoutAPhase() {
    List<Model> models = List.of(Samples.model(SPECS.get(0), ModelStatus.TRAINED));
    PAssert.that(summarise(models, List.of(trainLoss(SPECS.get(0), 0.5))))
        .satisfies(
            cells -> {
              assertThat(byWidth(cells)).containsOnlyKeys(2.0, 4.0);
              Cell empty = byWidth(cells).get(4.0);
              assertThat(empty.getCellId()).isEqualTo(Fingerprints.cellId(SPECS.get(3)));
              assertThat(empty.getSweep()).isEqualTo("small");
              assertThat(empty.getLoadSetting()).isEqualTo("width");
              assertThat(empty.getTemperatureSetting()).isEqualTo("batch_size");
              assertThat(empty.getTemperatureValue()).isEqualTo(32);
              assertThat(empty.getSlice()).isEqualTo("label_noise=0.1");
              assertThat(empty.getNModels()).isZero();
              assertThat(empty.getTrainLossMean()).isNull();
              assertThat(empty.getPhase()).isNull();
              assertThat(empty.getPhaseReason()).contains("train_loss is missing");
              return null;
            });
    pipeline.run();
  }

  @Test
  void sweepWithoutAnyResult_hasARowForEveryCell() {
    PAssert.that(summarise(List.of(), List.of()))
        .satisfies(
            cells -> {
              assertThat(byWidth(cells)).containsOnlyKeys(2.0, 4.0);
              return null;
            });
    pipeline.run();
  }

  @Test
  void cellWhoseSummaryThrows_becomesAFailureThatIsCounted_andTheOthersGoOn() {
    Measurement loss = trainLoss(SPECS.get(0), 0.5);
    SummarisedCells summarised =
        summarised(
            List.of(), List.of(loss, Measurement.newBuilder(loss).setVariant("other").build()));
    PAssert.that(summarised.cells())
        .satisfies(
            cells -> {
              assertThat(byWidth(cells)).containsOnlyKeys(4.0);
              return null;
            });
    PAssert.that(summarised.failures())
        .satisfies(
            failures -> {
              assertThat(failures)
                  .singleElement()
                  .satisfies(
                      failure -> {
                        assertThat(failure.getStage()).isEqualTo("summarise");
                        assertThat(failure.getCellId()).isEqualTo(loss.getCellId());
                        assertThat(failure.getKey()).isNull();
                        assertThat(failure.getModelId()).isNull();
                        assertThat(failure.getMessage()).contains("train_loss", "default, other");
                      });
              return null;
            });

    PipelineResult result = pipeline.run();

    assertThat(
            result
                .metrics()
                .queryMetrics(
                    MetricsFilter.builder()
                        .addNameFilter(
                            MetricNameFilter.named(StageCounters.NAMESPACE, "summarise_failed"))
                        .build())
                .getCounters())
        .extracting(MetricResult::getAttempted)
        .containsExactly(1L);
  }
}
