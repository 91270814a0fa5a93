package dev.terrain.pipelines;

import dev.terrain.store.ObjectStore;
import dev.terrain.tables.TableFiles;
import dev.terrain.tables.TableReader;
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
    return new TableReader(
        new TableFiles() {
          @Override
          public List<String> list(String folder) throws IOException {
            return store.list(folder + "/");
          }

          @Override
          public InputStream open(String name) throws IOException {
            return new ByteArrayInputStream(
                store.read(name).orElseThrow(() -> new FileNotFoundException(store.uri(name))));
          }
        });
  }
}
