package dev.terrain.engine;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an unbounded job needs to go on: a folder of checkpoints and savepoints, of which the last
 * one that is complete counts. One process at a time may have the folder; the job may be a
 * cluster's and outlive it.
 */
public final class StreamState implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;

  private StreamState(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Takes a folder for this process, which is made if it is missing.
   *
   * @throws IllegalArgumentException if another process has it
   * @throws IOException if it cannot be written
   */
  public static StreamState in(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Files.createDirectories(absolute.resolve("checkpoints"));
    FileChannel file =
        FileChannel.open(
            absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(file)) {
      file.close();
      throw new IllegalArgumentException(
          folder + " is in use: another process watches with its state; end that one first");
    }
    return new StreamState(absolute, file);
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The checkpoint or savepoint that the job goes on from; empty if it begins. */
  public Optional<URI> last() {
    Stream<File> ofJobs = files(folder.resolve("checkpoints").toFile()).flatMap(StreamState::files);
    return Stream.concat(ofJobs, files(folder.resolve("savepoints").toFile()))
        .filter(complete -> completedAt(complete) > 0)
        .max(Comparator.comparing(StreamState::completedAt))
        .map(File::toURI);
  }

  /** A cluster's job that still runs removes its older ones, so any may be gone by now. */
  private static Stream<File> files(File parent) {
    File[] files = parent.listFiles();
    return files == null ? Stream.empty() : Arrays.stream(files);
  }

  /** The time of the file that is written last; 0 without it. */
  private static long completedAt(File checkpoint) {
    return new File(checkpoint, "_metadata").lastModified();
  }

  URI checkpoints() {
    return folder.resolve("checkpoints").toUri();
  }

  URI savepoints() {
    return folder.resolve("savepoints").toUri();
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
