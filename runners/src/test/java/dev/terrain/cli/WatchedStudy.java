package dev.terrain.cli;

import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** A folder of requests, and the study that grows from them. */
record WatchedStudy(Path requests, Path study) {
  static WatchedStudy in(Path folder) throws IOException {
    return new WatchedStudy(
        Files.createDirectory(folder.resolve("requests")), folder.resolve("study"));
  }

  /** Writes a request elsewhere and renames it into the folder. */
  void drop(String name, String yaml) throws IOException {
    Path elsewhere = Files.writeString(requests.resolveSibling(name), yaml);
    Files.move(elsewhere, requests.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Cells with so many models and everything measured. */
  long cellsOf(int models) throws IOException {
    return read(Cell.class).stream()
        .filter(cell -> cell.getNModels() == models && cell.getNPairs() > 0)
        .filter(cell -> cell.getL2DistanceMean() != null)
        .filter(cell -> cell.getHessianTraceMean() != null)
        .count();
  }

  int revisions() throws IOException {
    return read(Cell.class).stream().mapToInt(Cell::getRevision).sum();
  }

  List<Failure> failures() throws IOException {
    return read(Failure.class);
  }

  /** Before the first rows come there are no tables. */
  private <R extends SpecificRecord> List<R> read(Class<R> type) throws IOException {
    try {
      return TableReader.of(study).read(type);
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  Map<Table, List<String>> tables() throws IOException {
    return comparable(TableRows.of(study));
  }

  /** Tables but for the revisions, and for the requests that were refused. */
  static Map<Table, List<String>> comparable(Map<Table, List<String>> tables) {
    Map<Table, List<String>> comparable = new EnumMap<>(tables);
    comparable.remove(Table.FAILURES);
    for (Table revised : List.of(Table.CELLS, Table.CELL_METRICS)) {
      comparable.computeIfPresent(
          revised,
          (table, rows) ->
              rows.stream().map(row -> row.replaceFirst("revision=\\d+", "")).sorted().toList());
    }
    return comparable;
  }
}
