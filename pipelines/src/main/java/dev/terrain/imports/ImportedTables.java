package dev.terrain.imports;

import dev.terrain.ledger.TablesLease;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.Table;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes the tables of an import, as those of a run: files in {@code tables/}, and at the end the
 * manifest with their SHA-256. While files change there is no manifest.
 */
final class ImportedTables {
  /** Cells whose rows go into one file, which readers hold in memory as a whole. */
  private static final int CELLS_PER_FILE = 20_000;

  private final ObjectStore store;
  private final SortedMap<String, String> hashes = new TreeMap<>();

  ImportedTables(ObjectStore store) {
    this.store = store;
  }

  /**
   * Puts an import in the place of an earlier one.
   *
   * @param lease the right to do so
   * @param study what is said of the import
   * @param runs makes the rows of single runs; empty if rows of the grid are cells
   */
  void write(
      TablesLease lease,
      ImportedStudy study,
      List<GridCell> cells,
      CellRows rows,
      Optional<RunRows> runs)
      throws IOException {
    StoredManifest manifest = new StoredManifest(store);
    Optional<TablesManifest> earlier = manifest.find();
    lease.check();
    store.delete(TablesManifest.NAME);
    study.write(store);
    for (String name : earlier.map(TablesManifest::report).orElseGet(TreeMap::new).keySet()) {
      store.delete(name);
    }
    for (Table table : Table.values()) {
      switch (table) {
        case CELLS -> write(table, cells, cell -> Stream.of(rows.cell(cell)), Cell.class);
        case CELL_METRICS ->
            write(table, cells, cell -> rows.metrics(cell).stream(), CellMetric.class);
        case MEASUREMENTS ->
            write(
                table,
                runs.isPresent() ? cells : List.of(),
                cell -> runs.stream().flatMap(made -> made.of(cell).stream()),
                Measurement.class);
        // A table without rows still is a file with a schema.
        case MODELS, SPECTRA, PATHS, FAILURES ->
            write(table, List.of(), cell -> Stream.empty(), table.type());
      }
      removeOthers(table);
    }
    lease.check();
    manifest.write(
        new TablesManifest(
            new TablesOwner(study.name(), null, study.sha256(), run()),
            null,
            hashes,
            new TreeMap<>()));
  }

  private static String run() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private <R extends SpecificRecord> void write(
      Table table,
      List<GridCell> cells,
      Function<GridCell, Stream<R>> rows,
      Class<? extends R> type)
      throws IOException {
    int parts = Math.max(1, (cells.size() + CELLS_PER_FILE - 1) / CELLS_PER_FILE);
    for (int part = 0; part < parts; part++) {
      int from = part * CELLS_PER_FILE;
      int to = Math.min(cells.size(), from + CELLS_PER_FILE);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      SpecificDatumWriter<R> datum =
          new SpecificDatumWriter<>(table.schema(), SpecificData.getForClass(type));
      try (DataFileWriter<R> writer = new DataFileWriter<>(datum)) {
        writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
        writer.create(table.schema(), bytes);
        for (GridCell cell : cells.subList(from, to)) {
          for (R row : rows.apply(cell).toList()) {
            writer.append(row);
          }
        }
      }
      String name = "tables/%s/part-%05d-of-%05d.avro".formatted(table.folder(), part, parts);
      store.write(name, bytes.toByteArray());
      hashes.put(name, TablesManifest.sha256(bytes.toByteArray()));
    }
  }

  private void removeOthers(Table table) throws IOException {
    for (String name : store.list("tables/" + table.folder() + "/")) {
      if (name.endsWith(".avro") && !hashes.containsKey(name)) {
        store.delete(name);
      }
    }
  }
}
