package dev.terrain.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes the temporary folders of tests, and remembers those that are there still. */
public final class TestFolders implements TempDirFactory {
  private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    Path folder = Files.createTempDirectory("junit-");
    FOLDERS.add(folder);
    return folder;
  }

  /** The folders that have not been removed. */
  static List<Path> standing() {
    FOLDERS.removeIf(folder -> !Files.exists(folder));
    return List.copyOf(FOLDERS);
  }
}
