package dev.terrain.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An unbounded job on the Flink inside this process, which keeps its checkpoints in a folder and
 * goes on from the last one that is complete. One process at a time may use the folder.
 */
public final class EmbeddedStream implements AutoCloseable {
  private final Path checkpoints;
  private final FileChannel lockFile;

  private EmbeddedStream(Path checkpoints, FileChannel lockFile) {
    this.checkpoints = checkpoints;
    this.lockFile = lockFile;
  }

  /**
   * Takes a folder for itself, which is made if it is missing.
   *
   * @throws IllegalArgumentException if another process has it
   * @throws IOException if it cannot be written
   */
  public static EmbeddedStream in(Path folder) throws IOException {
    Path checkpoints = folder.toAbsolutePath().normalize().resolve("checkpoints");
    Files.createDirectories(checkpoints);
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(file)) {
      file.close();
      throw new IllegalArgumentException(
          folder + " is in use: another process watches with its state; end that one first");
    }
    return new EmbeddedStream(checkpoints, file);
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The checkpoint that the job goes on from; empty if it begins. */
  public Optional<Path> lastCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(checkpoints, 3)) {
      return files
          .filter(file -> file.getFileName().toString().equals("_metadata"))
          .max(Comparator.comparing(EmbeddedStream::time))
          .map(Path::getParent);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The engine, ready for the job.
   *
   * @param workers units of work at a time
   * @param further options of Flink itself; they replace ours of the same name
   * @throws IOException if the configuration cannot be written
   */
  public ReadyEngine ready(int workers, List<String> further) throws IOException {
    List<String> configuration = new ArrayList<>(EmbeddedFlink.configuration(workers));
    configuration.add("state.checkpoints.dir: " + checkpoints.toUri());
    lastCheckpoint()
        .ifPresent(
            last -> {
              configuration.add("execution.savepoint.path: " + last.toUri());
              // The job that made it is gone: this one removes it when it has better ones.
              configuration.add("execution.savepoint-restore-mode: CLAIM");
            });
    // Whatever fails for ever shall be told within minutes.
    configuration.add("restart-strategy.type: exponential-delay");
    configuration.add("restart-strategy.exponential-delay.initial-backoff: 1 s");
    configuration.add("restart-strategy.exponential-delay.max-backoff: 30 s");
    configuration.add("restart-strategy.exponential-delay.attempts-before-reset-backoff: 10");
    List<String> arguments = new ArrayList<>(FlinkStreaming.arguments());
    arguments.addAll(
        List.of(
            "--runner=FlinkRunner",
            "--flinkMaster=[local]",
            "--parallelism=" + workers,
            "--fasterCopy=true",
            "--flinkConfDir=" + ConfigurationFolder.write(configuration)));
    return new EngineInProcess(workers, Engine.options(arguments, further));
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
