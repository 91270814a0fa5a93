package dev.terrain.study;

import dev.terrain.store.ObjectStore;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.Table;
import dev.terrain.tables.TablesManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A study's {@linkplain TablesManifest manifest} beside the files that it names. While it agrees
 * with them and with a sweep, a run with nothing to compute has nothing to write either.
 *
 * <p>The files are read as a whole to be compared: that takes less than the start of any engine,
 * and finds what a length or a date would not.
 */
public final class StoredManifest {
  /** Name of the report in a study. */
  public static final String REPORT = "report.html";

  private final ObjectStore store;

  public StoredManifest(ObjectStore store) {
    this.store = store;
  }

  /**
   * What the manifest says; empty if there is none.
   *
   * @throws DamagedTablesException if it is damaged
   */
  public Optional<TablesManifest> read() throws IOException {
    return TablesManifest.read(StudyTables.files(store));
  }

  /** The same for who writes tables anew where they are not whole: a damaged one is none. */
  public Optional<TablesManifest> find() throws IOException {
    try {
      return read();
    } catch (DamagedTablesException e) {
      return Optional.empty();
    }
  }

  /** Only for who holds the lease of the tables. */
  public void write(TablesManifest manifest) throws IOException {
    store.write(TablesManifest.NAME, manifest.toJson());
  }

  /** Whether the tables hold these units of these inputs, and nothing but what was written. */
  public boolean tablesAgree(TablesManifest manifest, String inputs, long units)
      throws IOException {
    return inputs.equals(manifest.owner().inputs())
        && manifest.units() != null
        && manifest.units() == units
        && List.copyOf(manifest.tables().keySet()).equals(files())
        && agree(manifest.tables());
  }

  /** Names of all table files that there are, sorted. */
  private List<String> files() throws IOException {
    List<String> names = new ArrayList<>();
    for (Table table : Table.values()) {
      store.list("tables/" + table.folder() + "/").stream()
          .filter(name -> name.endsWith(".avro"))
          .forEach(names::add);
    }
    names.sort(null);
    return names;
  }

  /** Whether the report and its figures are as they were written. */
  public boolean reportAgrees(TablesManifest manifest) throws IOException {
    return manifest.report().containsKey(REPORT) && agree(manifest.report());
  }

  private boolean agree(Map<String, String> hashes) throws IOException {
    for (Map.Entry<String, String> file : hashes.entrySet()) {
      Optional<byte[]> bytes = store.read(file.getKey());
      if (bytes.map(TablesManifest::sha256).filter(file.getValue()::equals).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
