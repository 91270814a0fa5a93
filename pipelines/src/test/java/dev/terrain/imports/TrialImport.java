package dev.terrain.imports;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.StudyTables;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A grid, a mapping and a study in a folder. */
final class TrialImport {
  /** The axes that most mappings of tests have. */
  static final String AXES =
      """
      axes:
        load: {setting: width, column: width, rises: false}
        temperature: {setting: batch_size, column: batch, rises: false}
      """;

  private final Path folder;

  TrialImport(Path folder) {
    this.folder = folder;
  }

  /** Imports a table, which is called {@code grid.csv}, by a mapping, {@code mapping.yaml}. */
  ImportSummary run(String grid, String mapping) {
    return run(grid.getBytes(StandardCharsets.UTF_8), mapping);
  }

  ImportSummary run(byte[] grid, String mapping) {
    try {
      Files.write(folder.resolve("grid.csv"), grid);
      Files.writeString(folder.resolve("mapping.yaml"), mapping);
      return new GridImport(store()).run(address("grid.csv"), address("mapping.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address(String file) {
    return folder.resolve(file).toString();
  }

  ObjectStore store() {
    return ObjectStores.open(folder.resolve("study").toString());
  }

  List<Cell> cells() throws IOException {
    return StudyTables.of(store()).read(Cell.class);
  }

  List<CellMetric> metrics() throws IOException {
    return StudyTables.of(store()).read(CellMetric.class);
  }

  List<Measurement> measurements() throws IOException {
    return StudyTables.of(store()).read(Measurement.class);
  }

  /** The row of a metric in the only cell of a load. */
  CellMetric metric(double load, String name, String variant) throws IOException {
    return metrics().stream()
        .filter(row -> row.getLoadValue() == load)
        .filter(row -> row.getMetric().equals(name) && row.getVariant().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  Cell cell(double load) throws IOException {
    return cells().stream().filter(row -> row.getLoadValue() == load).findFirst().orElseThrow();
  }

  /** A message without the folder. */
  String plain(Throwable problem) {
    return problem.getMessage().replace(folder + "/", "");
  }
}
