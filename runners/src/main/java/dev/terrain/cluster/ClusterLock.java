package dev.terrain.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one process at a time start or end what a folder's cluster consists of: two that started it
 * side by side would each forget what the other has started.
 */
final class ClusterLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.terrain.cluster");
  private static final long POLL_MS = 100;

  private final FileChannel file;

  private ClusterLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Waits until no other process has the lock, and takes it.
   *
   * @param path the file that is locked; made if it is missing
   * @param limit how long the others may take
   * @throws IOException if the file cannot be written, or another has the lock for too long
   */
  static ClusterLock take(Path path, Duration limit) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      await(file, path, limit);
      return new ClusterLock(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void await(FileChannel file, Path path, Duration limit) throws IOException {
    long start = System.nanoTime();
    boolean told = false;
    while (!lock(file)) {
      if (!told) {
        LOG.warn("waits for another 'terrain flink up' or 'down' in {}", path.getParent());
        told = true;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IOException(
            "another 'terrain flink up' or 'down' has been busy in %s for %d s"
                .formatted(path.getParent(), limit.toSeconds()));
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while another used " + path.getParent());
      }
    }
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // A thread of this process has it.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
