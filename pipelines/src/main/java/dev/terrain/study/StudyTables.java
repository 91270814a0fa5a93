package dev.terrain.study;

import dev.terrain.store.ObjectStore;
import dev.terrain.tables.TableFiles;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The tables of a study, wherever its store is. */
public final class StudyTables {
  private StudyTables() {}

  /** Reads the tables of a study. */
  public static TableReader of(ObjectStore store) {
    return new TableReader(files(store));
  }

  /** Reads the tables of a study that a manifest tells of. */
  public static TableReader of(ObjectStore store, TablesManifest manifest) {
    return new TableReader(files(store), manifest);
  }

  /** The files of a study. */
  static TableFiles files(ObjectStore store) {
    return new TableFiles() {
      @Override
      public List<String> list(String folder) throws IOException {
        return store.list(folder + "/");
      }

      @Override
      public InputStream open(String name) throws IOException {
        return new ByteArrayInputStream(
            store.read(name).orElseThrow(() -> new FileNotFoundException(store.uri(name))));
      }

      @Override
      public String address(String name) {
        return store.uri(name);
      }
    };
  }
}
