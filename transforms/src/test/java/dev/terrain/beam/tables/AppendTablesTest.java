package dev.terrain.beam.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Samples;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
final class AppendTablesTest {
  private static final Duration WINDOW = Duration.standardSeconds(30);

  @TempDir private Path folder;

  private static KV<Unit, UnitResult> finished(long seed) {
    Unit unit = Samples.training(seed);
    return KV.of(unit, Samples.result(unit, seed / 7.0));
  }

  private static TestStream.Builder<KV<Unit, UnitResult>> stream() {
    return TestStream.create(Coders.finished());
  }

  private AppendTables tables() {
    return AppendTables.to(folder.toString()).withWindow(WINDOW);
  }

  private void write(AppendTables tables, TestStream<KV<Unit, UnitResult>> results) {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollectionTuple.of(WriteTables.RESULTS, pipeline.apply("Results", results))
        .and(WriteTables.CELLS, pipeline.apply("Cells", Create.empty(Coders.of(Cell.class))))
        .and(
            WriteTables.FAILURES,
            pipeline.apply("Failures", Create.empty(Coders.of(Failure.class))))
        .apply(tables);
    pipeline.run();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".avro")).toList();
    }
  }

  private List<Double> values() throws IOException {
    List<Double> values = new ArrayList<>();
    for (Path file : files()) {
      try (DataFileReader<Measurement> reader =
          new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(Measurement.class))) {
        assertThat(reader.getMetaString("avro.codec")).isEqualTo("deflate");
        reader.forEach(row -> values.add(row.getValue()));
      }
    }
    return values;
  }

  @Test
  void rowsOfOneWindowAreOneFile_andNoneIsLateOrLost() throws IOException {
    write(
        tables(),
        stream()
            .advanceWatermarkTo(Instant.ofEpochMilli(1_000_000))
            .addElements(finished(0), finished(1))
            .advanceProcessingTime(WINDOW.plus(Duration.standardSeconds(1)))
            .addElements(finished(2))
            .advanceWatermarkToInfinity());

    assertThat(files())
        .hasSize(2)
        .allMatch(file -> file.getFileName().toString().matches("part-stream-[0-9a-f]{64}.avro"));
    assertThat(values()).containsExactlyInAnyOrder(0.0, 1 / 7.0, 2 / 7.0);
  }

  @Test
  void aFileHasNoMoreRowsThanAllowed() throws IOException {
    write(
        tables().withRows(2),
        stream()
            .addElements(finished(0), finished(1), finished(2), finished(3))
            .advanceWatermarkToInfinity());

    assertThat(files()).hasSize(2);
    assertThat(values()).hasSize(4);
  }

  @Test
  void rowsThatAreWrittenAgainAreTheSameFile() throws IOException {
    write(tables(), stream().addElements(finished(0)).advanceWatermarkToInfinity());
    byte[] first = Files.readAllBytes(files().get(0));
    write(tables(), stream().addElements(finished(0)).advanceWatermarkToInfinity());
    write(tables(), stream().addElements(finished(1)).advanceWatermarkToInfinity());

    assertThat(files()).hasSize(2).anySatisfy(file -> assertThat(file).hasBinaryContent(first));
    assertThat(values()).containsExactlyInAnyOrder(0.0, 1 / 7.0);
  }

  @Test
  void aFile_isNamedByItsContent_andAnotherObjectSaysThatItIsThere() throws Exception {
    write(tables(), stream().addElements(finished(0)).advanceWatermarkToInfinity());

    for (Path file : files()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      assertThat(file.getFileName().toString())
          .isEqualTo("part-stream-" + HexFormat.of().formatHex(hash) + ".avro");
      assertThat(folder.resolve(AppendTables.markerName(folder.relativize(file).toString())))
          .isEmptyFile();
    }
  }

  @Test
  void limitsOfNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables().withRows(0))
        .withMessage("rows (0) must be positive");
    assertThatIllegalArgumentException().isThrownBy(() -> tables().withWindow(Duration.ZERO));
  }
}
