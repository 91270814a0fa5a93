package dev.terrain.beam.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Counters;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.Samples;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
final class WriteTablesTest {
  private static final Failure FAILURE =
      Failures.of(Samples.training(99), new IOException("the disk is on fire"), 1);

  @TempDir private Path folder;

  private PipelineResult write(int results, int parts) {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    List<KV<Unit, UnitResult>> finished =
        LongStream.range(0, results)
            .mapToObj(Samples::training)
            .map(unit -> KV.of(unit, Samples.result(unit, unit.getKey().hashCode() / 3.0)))
            .toList();
    PCollectionTuple.of(
            WriteTables.RESULTS,
            pipeline.apply("Results", Create.of(finished).withCoder(Coders.finished())))
        .and(WriteTables.CELLS, pipeline.apply("Cells", Create.empty(Coders.of(Cell.class))))
        .and(
            WriteTables.FAILURES,
            pipeline.apply("Failures", Create.of(FAILURE).withCoder(Coders.of(Failure.class))))
        .apply(WriteTables.into(folder.toString()).withParts(parts));
    return pipeline.run();
  }

  private static List<Measurement> measurements(int results) {
    return LongStream.range(0, results)
        .mapToObj(Samples::training)
        .map(unit -> Samples.result(unit, unit.getKey().hashCode() / 3.0).getMeasurements().get(0))
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Reads every file of a table with Avro's own reader. */
  private <R extends SpecificRecord> List<R> read(String table, Class<R> type) throws IOException {
    List<R> rows = new ArrayList<>();
    for (String file : files()) {
      if (file.startsWith("tables/" + table + "/")) {
        try (DataFileReader<R> reader =
            new DataFileReader<>(folder.resolve(file).toFile(), new SpecificDatumReader<>(type))) {
          assertThat(new String(reader.getMeta("avro.codec"), StandardCharsets.US_ASCII))
              .isEqualTo("deflate");
          reader.forEach(rows::add);
        }
      }
    }
    return rows;
  }

  @Test
  void rows_areInTheFilesOfTheirTablesAndCounted() throws IOException {
    PipelineResult run = write(20, 1);
    assertThat(files())
        .containsExactly(
            "tables/failures/part-00000-of-00001.avro",
            "tables/measurements/part-00000-of-00001.avro");
    assertThat(read("measurements", Measurement.class))
        .containsExactlyInAnyOrderElementsOf(measurements(20));
    assertThat(read("failures", Failure.class)).containsExactly(FAILURE);
    assertThat(Counters.count(run, "rows_measurements")).isEqualTo(20);
    assertThat(Counters.count(run, "rows_failures")).isEqualTo(1);
    assertThat(Counters.count(run, "rows_models")).isZero();
  }

  @Test
  void rows_areSpreadOverAsManyFilesAsAsked() throws IOException {
    write(20, 3);
    assertThat(files())
        .contains(
            "tables/measurements/part-00000-of-00003.avro",
            "tables/measurements/part-00001-of-00003.avro",
            "tables/measurements/part-00002-of-00003.avro");
    assertThat(read("measurements", Measurement.class))
        .containsExactlyInAnyOrderElementsOf(measurements(20));
  }

  @Test
  void laterRun_replacesTheRowsOfTheEarlier() throws IOException {
    write(20, 1);
    write(5, 1);
    assertThat(read("measurements", Measurement.class))
        .containsExactlyInAnyOrderElementsOf(measurements(5));
  }

  @Test
  void noParts_areRefused() {
    WriteTables tables = WriteTables.into("study");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.withParts(0))
        .withMessage("parts (0) must be positive");
  }
}
