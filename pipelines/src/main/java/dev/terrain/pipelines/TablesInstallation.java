package dev.terrain.pipelines;

import dev.terrain.beam.tables.AppendTables;
import dev.terrain.ledger.TablesLease;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/**
 * Puts the tables of one run in the place of whatever is there: those of an earlier run, of another
 * sweep, or of a stream. While it works there is no manifest, so that nobody takes a mixture for
 * tables; the one that it writes at the end is made of the bytes that it put there.
 */
public final class TablesInstallation {
  private static final Pattern PART = Pattern.compile("part-[^/]+\\.avro");

  private final ObjectStore store;
  private final StagedTables staged;

  public TablesInstallation(ObjectStore store, StagedTables staged) {
    this.store = store;
    this.staged = staged;
  }

  /**
   * Puts the tables in their places.
   *
   * @param lease the right to do so
   * @param owner whose rows they are
   * @param counted rows that were written to each table; empty if nobody knows
   * @param units finished units that they hold; null if nobody knows
   * @return what is there now
   * @throws IOException if a table has another number of rows, or cannot be read, of which nothing
   *     is put anywhere; or if another run has taken over
   */
  public TablesManifest install(
      TablesLease lease, TablesOwner owner, Optional<Map<Table, Long>> counted, Long units)
      throws IOException {
    for (Table table : Table.values()) {
      check(table, counted.map(rows -> rows.getOrDefault(table, 0L)));
    }
    lease.check();
    store.delete(TablesManifest.NAME);
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Table table : Table.values()) {
      put(table, hashes);
      removeOthers(table, hashes);
    }
    lease.check();
    TablesManifest manifest = new TablesManifest(owner, units, hashes, new TreeMap<>());
    new StoredManifest(store).write(manifest);
    discard();
    return manifest;
  }

  /** Removes files of the run that are not in their places. */
  public void discard() throws IOException {
    for (Table table : Table.values()) {
      for (String name : staged.names(table)) {
        store.delete(name);
      }
    }
  }

  private void check(Table table, Optional<Long> counted) throws IOException {
    long rows = 0;
    int files = 0;
    for (String name : staged.names(table)) {
      Optional<byte[]> bytes = store.read(name);
      if (bytes.isPresent()) {
        rows += TableReader.count(table, name, bytes.get());
        files++;
      }
    }
    if (files != 0 && files != staged.parts()) {
      throw new IOException(
          "of table %s %d files of %d were written; run again"
              .formatted(table.folder(), files, staged.parts()));
    }
    if (counted.isPresent() && counted.get() != rows) {
      throw new IOException(
          "%d rows were written to table %s, but its files hold %d; run again"
              .formatted(counted.get(), table.folder(), rows));
    }
  }

  private void put(Table table, SortedMap<String, String> hashes) throws IOException {
    List<String> names = staged.names(table);
    if (!store.exists(names.get(0))) {
      put(StagedTables.place(table, 0, 1), empty(table), hashes);
      return;
    }
    for (int part = 0; part < names.size(); part++) {
      String name = names.get(part);
      byte[] bytes = store.read(name).orElseThrow(() -> new FileNotFoundException(store.uri(name)));
      put(StagedTables.place(table, part, names.size()), bytes, hashes);
    }
  }

  private void put(String place, byte[] bytes, SortedMap<String, String> hashes)
      throws IOException {
    store.write(place, bytes);
    hashes.put(place, TablesManifest.sha256(bytes));
  }

  /**
   * A table without rows still is a file with a schema, so that its readers need no special case.
   */
  private static byte[] empty(Table table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataFileWriter<>(new GenericDatumWriter<>()).create(table.schema(), bytes).close();
    return bytes.toByteArray();
  }

  private void removeOthers(Table table, SortedMap<String, String> hashes) throws IOException {
    String folder = "tables/" + table.folder() + "/";
    for (String marker : store.list(AppendTables.MARKERS + table.folder() + "-")) {
      store.delete(marker);
    }
    for (String name : store.list(folder)) {
      if (PART.matcher(name.substring(folder.length())).matches() && !hashes.containsKey(name)) {
        store.delete(name);
        if (name.startsWith(AppendTables.PREFIX, folder.length())) {
          // A stream that says only now that it wrote the file sees that it is gone, or did before.
          store.delete(AppendTables.markerName(name));
        }
      }
    }
  }
}
