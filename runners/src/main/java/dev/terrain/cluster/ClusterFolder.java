package dev.terrain.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a local cluster: what runs, its configuration, logs, checkpoints and work. */
final class ClusterFolder {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String LOCK = "lock";

  private final Path root;

  ClusterFolder(Path folder) {
    this.root = folder.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  Path configuration() {
    return root.resolve("conf");
  }

  Path log(String role) {
    return root.resolve("logs").resolve(role + ".log");
  }

  /** What a process prints, which is little but errors of its start. */
  Path output(String role) {
    return root.resolve("logs").resolve(role + ".out");
  }

  Path work() {
    return root.resolve("work");
  }

  /** Terrain's jar or a plugin's, which a later build does not change under a process that runs. */
  Path jar(String name) {
    return root.resolve("lib").resolve(name);
  }

  private Path state() {
    return root.resolve("cluster.json");
  }

  private Path lock() {
    return root.resolve(LOCK);
  }

  /**
   * Takes the folder for a process that starts its cluster; it is made if it is missing.
   *
   * @throws IllegalArgumentException if it holds something else than a cluster
   */
  ClusterLock take(Duration limit) throws IOException {
    checkOurs();
    Files.createDirectories(root);
    return ClusterLock.take(lock(), limit);
  }

  /** Takes the folder for a process that ends its cluster; empty if none was ever begun in it. */
  Optional<ClusterLock> takeIfUsed(Duration limit) throws IOException {
    return Files.exists(lock()) || Files.exists(state())
        ? Optional.of(ClusterLock.take(lock(), limit))
        : Optional.empty();
  }

  Optional<ClusterState> readState() throws IOException {
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(state()), ClusterState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IOException(
          state() + " is corrupt; end the processes of its cluster by hand, and delete it", e);
    }
  }

  void writeState(ClusterState state) throws IOException {
    Path temporary = root.resolve("cluster.json.new");
    Files.write(temporary, MAPPER.writeValueAsBytes(state));
    Files.move(temporary, state(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes the folder ready for a cluster that starts anew; checkpoints and logs stay.
   *
   * @throws IllegalArgumentException if it holds something else than a cluster
   */
  void prepare() throws IOException {
    checkOurs();
    deleteWork();
    for (String folder : List.of("conf", "lib", "logs", "work")) {
      Files.createDirectories(root.resolve(folder));
    }
  }

  private void checkOurs() throws IOException {
    if (Files.exists(root) && !isOurs()) {
      throw new IllegalArgumentException(
          "--folder (%s) holds other things than a cluster; name a new or empty folder"
              .formatted(root));
    }
  }

  private boolean isOurs() throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.allMatch(lock()::equals)
          || Files.exists(configuration().resolve("flink-conf.yaml"));
    }
  }

  /** Forgets a cluster that has ended. */
  void close() throws IOException {
    deleteWork();
    Files.deleteIfExists(state());
  }

  /** Jars of jobs and spilled data; a killed process leaves its own behind. */
  private void deleteWork() throws IOException {
    for (String folder : List.of("lib", "work")) {
      if (Files.exists(root.resolve(folder))) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
