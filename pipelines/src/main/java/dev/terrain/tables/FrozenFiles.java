package dev.terrain.tables;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a study as they were when each folder was first listed. */
final class FrozenFiles implements TableFiles {
  private final TableFiles files;
  private final Map<String, List<String>> listed = new HashMap<>();

  FrozenFiles(TableFiles files) {
    this.files = files;
  }

  @Override
  public List<String> list(String folder) throws IOException {
    if (!listed.containsKey(folder)) {
      listed.put(folder, List.copyOf(files.list(folder)));
    }
    return listed.get(folder);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return files.open(name);
  }
}
