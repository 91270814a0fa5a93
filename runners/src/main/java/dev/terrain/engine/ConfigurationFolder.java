package dev.terrain.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with Flink's configuration for one job; it goes with the process. */
final class ConfigurationFolder {
  private ConfigurationFolder() {}

  static Path write(List<String> lines) throws IOException {
    Path folder = Files.createTempDirectory("terrain-flink-");
    Path file = folder.resolve("flink-conf.yaml");
    // On exit the last one registered goes first.
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    Files.write(file, lines);
    return folder;
  }
}
