package dev.terrain.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.v1.Measurement;
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
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteTableTest {
  @TempDir private Path folder;

  private PipelineResult write(List<Measurement> rows, int parts) {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    pipeline
        .apply(
            rows.isEmpty()
                ? Create.empty(Coders.of(Measurement.class))
                : Create.of(rows).withCoder(Coders.of(Measurement.class)))
        .apply(
            WriteTable.of(Measurement.class, folder.toString(), "measurements").withParts(parts));
    return pipeline.run();
  }

  private static List<Measurement> rows(int count) {
    return LongStream.range(0, count)
        .mapToObj(seed -> Samples.result(Samples.training(seed), seed / 3.0))
        .map(result -> result.getMeasurements().get(0))
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

  /** Reads every file with Avro's own reader. */
  private List<Measurement> read() throws IOException {
    List<Measurement> rows = new ArrayList<>();
    for (String file : files()) {
      try (DataFileReader<Measurement> reader =
          new DataFileReader<>(
              folder.resolve(file).toFile(), new SpecificDatumReader<>(Measurement.class))) {
        assertThat(new String(reader.getMeta("avro.codec"), StandardCharsets.US_ASCII))
            .isEqualTo("deflate");
        reader.forEach(rows::add);
      }
    }
    return rows;
  }

  @Test
  void rows_areInOneFileAndCounted() throws IOException {
    PipelineResult run = write(rows(20), 1);
    assertThat(files()).containsExactly("tables/measurements/part-00000-of-00001.avro");
    assertThat(read()).containsExactlyInAnyOrderElementsOf(rows(20));
    assertThat(Counters.count(run, "rows_measurements")).isEqualTo(20);
  }

  @Test
  void rows_areSpreadOverAsManyFilesAsAsked() throws IOException {
    PipelineResult run = write(rows(20), 3);
    assertThat(files())
        .containsExactly(
            "tables/measurements/part-00000-of-00003.avro",
            "tables/measurements/part-00001-of-00003.avro",
            "tables/measurements/part-00002-of-00003.avro");
    assertThat(read()).containsExactlyInAnyOrderElementsOf(rows(20));
    assertThat(Counters.count(run, "rows_measurements")).isEqualTo(20);
  }

  @Test
  void emptyTable_isAFileWithoutRows() throws IOException {
    PipelineResult run = write(List.of(), 1);
    assertThat(files()).hasSize(1);
    assertThat(read()).isEmpty();
    assertThat(Counters.count(run, "rows_measurements")).isZero();
  }

  @Test
  void laterRun_replacesTheRowsOfTheEarlier() throws IOException {
    write(rows(20), 1);
    write(rows(5), 1);
    assertThat(files()).hasSize(1);
    assertThat(read()).containsExactlyInAnyOrderElementsOf(rows(5));
  }

  @Test
  void noParts_areRefused() {
    WriteTable<Measurement> table = WriteTable.of(Measurement.class, "study", "measurements");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.withParts(0))
        .withMessage("parts (0) must be positive");
  }
}
