package dev.terrain.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestRowsTest {
  @TempDir private Path study;

  private static Cell cell(String sweep, int revision, int second) {
    return Cell.newBuilder()
        .setCellId("cell")
        .setSweep(sweep)
        .setLoadSetting("width")
        .setLoadValue(2)
        .setTemperatureSetting("batch_size")
        .setTemperatureValue(16)
        .setNModels(revision)
        .setNDiverged(0)
        .setNPairs(0)
        .setRevision(revision)
        .setComputedAt(Instant.ofEpochSecond(second))
        .build();
  }

  private static Measurement measurement(String metric, String key, int second) {
    return Measurement.newBuilder()
        .setSubject(Subject.MODEL)
        .setCellId("cell")
        .setModelId("model")
        .setMetric(metric)
        .setVariant("default")
        .setNExamples(1)
        .setNEvaluations(1)
        .setStatus(MeasurementStatus.OK)
        .setUnit("1")
        .setSeed(0)
        .setKey(key)
        .setCodeVersion(1)
        .setDurationMs(1)
        .setComputedAt(Instant.ofEpochSecond(second))
        .build();
  }

  private static Spectrum spectrum(String parameters, String loss, int second) {
    Spectrum row = new Spectrum();
    for (Schema.Field column : row.getSchema().getFields()) {
      row.put(column.pos(), nothing(column.schema()));
    }
    return Spectrum.newBuilder(row)
        .setModelId("model")
        .setOperator("hessian")
        .setParameters(parameters)
        .setLoss(loss)
        .setComputedAt(Instant.ofEpochSecond(second))
        .build();
  }

  private static Object nothing(Schema type) {
    return switch (type.getType()) {
      case STRING -> "";
      case INT -> 0;
      case LONG -> type.getLogicalType() == null ? (Object) 0L : Instant.EPOCH;
      case DOUBLE -> 0.0;
      case ARRAY -> List.of();
      default -> null;
    };
  }

  private static Failure failure(String key) {
    return Failure.newBuilder(TableFixture.failure("curvature", "once")).setKey(key).build();
  }

  @Test
  void theLatestRevisionOfACellCounts_inWhicheverFileItIs() throws IOException {
    Cell last = cell("one", 3, 30);
    Cell other = cell("two", 1, 5);
    TableFixture.write(study, Table.CELLS, "part-00000-of-00001.avro", List.of(cell("one", 0, 1)));
    TableFixture.stream(study, Table.CELLS, List.of(last));
    TableFixture.stream(study, Table.CELLS, List.of(cell("one", 2, 20), other));

    assertThat(TableReader.of(study).read(Cell.class)).containsExactlyInAnyOrder(last, other);
  }

  @Test
  void aStreamThatBeginsAnewReplacesItsHigherRevisions() throws IOException {
    Cell anew = cell("one", 1, 40);
    TableFixture.stream(study, Table.CELLS, List.of(anew));
    TableFixture.stream(study, Table.CELLS, List.of(cell("one", 3, 30)));

    assertThat(TableReader.of(study).read(Cell.class)).containsExactly(anew);
  }

  @Test
  void metricsOfAnEarlierRevisionOfACellAreLeftOut_alsoThoseThatTheLatestLacks()
      throws IOException {
    CellMetric gone = cellMetric("one", "cka", 1, 10);
    CellMetric last = cellMetric("one", "train_loss", 2, 20);
    CellMetric other = cellMetric("two", "cka", 1, 5);
    TableFixture.stream(study, Table.CELL_METRICS, List.of(last));
    TableFixture.stream(
        study, Table.CELL_METRICS, List.of(gone, cellMetric("one", "train_loss", 1, 10), other));

    assertThat(TableReader.of(study).read(CellMetric.class)).containsExactlyInAnyOrder(last, other);
  }

  private static CellMetric cellMetric(String sweep, String metric, int revision, int second) {
    return CellMetric.newBuilder()
        .setCellId("cell")
        .setSweep(sweep)
        .setLoadSetting("width")
        .setLoadValue(2)
        .setTemperatureSetting("batch_size")
        .setTemperatureValue(16)
        .setMetric(metric)
        .setVariant("default")
        .setUnit("1")
        .setSummary("mean over models")
        .setN(1)
        .setNNotConverged(0)
        .setNWithoutValue(0)
        .setMean(1.0)
        .setRevision(revision)
        .setComputedAt(Instant.ofEpochSecond(second))
        .build();
  }

  @Test
  void theLatestMeasurementOfAMetricCounts() throws IOException {
    Measurement trace = measurement("hessian_trace", "k", 1);
    Measurement late = measurement("cka", "new", 9);
    TableFixture.stream(
        study, Table.MEASUREMENTS, List.of(measurement("cka", "old", 3), trace, late));

    assertThat(TableReader.of(study).read(Measurement.class)).containsExactly(trace, late);
  }

  @Test
  void measurementsOfSomeParametersAndOfTheWholeModelAreReadSideBySide() throws IOException {
    Measurement whole = measurement("hessian_trace", "whole", 1);
    Measurement layer =
        Measurement.newBuilder(measurement("hessian_trace", "layer", 2))
            .setParameters("fc")
            .build();
    Measurement block =
        Measurement.newBuilder(measurement("hessian_trace", "block", 3))
            .setParameters("layer1.0")
            .build();
    TableFixture.stream(study, Table.MEASUREMENTS, List.of(whole, layer, block));

    assertThat(TableReader.of(study).read(Measurement.class)).containsExactly(whole, layer, block);
  }

  @Test
  void spectraOfSomeParametersOrAnotherLossAreReadSideBySide() throws IOException {
    Spectrum whole = spectrum(null, "cross_entropy", 1);
    Spectrum layer = spectrum("fc", "cross_entropy", 2);
    Spectrum ofSquaredError = spectrum(null, "squared_error", 3);
    TableFixture.stream(study, Table.SPECTRA, List.of(whole, layer, ofSquaredError));

    assertThat(TableReader.of(study).read(Spectrum.class))
        .containsExactly(whole, layer, ofSquaredError);
  }

  @Test
  void aFailureOfAUnitThatHasFinishedSinceIsLeftOut() throws IOException {
    TableFixture.stream(study, Table.MEASUREMENTS, List.of(measurement("cka", "done", 1)));
    Failure open = failure("open");
    TableFixture.stream(study, Table.FAILURES, List.of(failure("done"), open, open));

    assertThat(TableReader.of(study).read(Failure.class)).containsExactly(open);
  }

  /** A verification adds no rows of its own. */
  @Test
  void aFailedVerificationIsLeftOutOnceItsModelHasBeenMeasuredSince() throws IOException {
    Failure bad =
        Failure.newBuilder(TableFixture.failure("checkpoint", "once"))
            .setKey("weights")
            .setModelId("model")
            .setFailedAt(Instant.ofEpochSecond(5))
            .build();
    TableFixture.stream(study, Table.FAILURES, List.of(bad));
    TableFixture.stream(study, Table.MEASUREMENTS, List.of(measurement("cka", "before", 4)));
    assertThat(TableReader.of(study).read(Failure.class)).containsExactly(bad);

    TableFixture.stream(study, Table.MEASUREMENTS, List.of(measurement("cka", "after", 6)));
    assertThat(TableReader.of(study).read(Failure.class)).isEmpty();
  }

  @Test
  void withoutAStreamEveryRowIsRead() throws IOException {
    Measurement row = measurement("cka", "k", 1);
    TableFixture.write(study, Table.MEASUREMENTS, "part-00000-of-00001.avro", List.of(row, row));

    assertThat(TableReader.of(study).read(Measurement.class)).containsExactly(row, row);
  }
}
