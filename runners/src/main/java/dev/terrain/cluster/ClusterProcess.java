package dev.terrain.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of a local cluster, as remembered by its folder.
 *
 * @param role what it is: {@code jobmanager} or {@code taskmanager-N}
 * @param name what it calls itself in the cluster: its role, and what no other start of it has
 * @param pid its process id
 * @param started when it started, milliseconds since 1970; tells it from a later process that has
 *     been given the same id
 */
record ClusterProcess(String role, String name, long pid, long started) {
  /**
   * The operating system tells the start to a hundredth of a second, after a boot to the second.
   */
  private static final long CLOCK_TOLERANCE_MS = 2_000;

  private static final Duration GRACE = Duration.ofSeconds(10);

  static ClusterProcess of(String role, String name, ProcessHandle process) {
    return new ClusterProcess(role, name, process.pid(), start(process));
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  /** The process, if it still runs and is the one that was started. */
  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(start(process) - started) <= CLOCK_TOLERANCE_MS);
  }

  /** Ends it, at last by force. Returns whether there was anything to end. */
  boolean end() {
    Optional<ProcessHandle> handle = handle();
    handle.ifPresent(
        process -> {
          process.destroy();
          if (!hasEnded(process)) {
            process.destroyForcibly();
            hasEnded(process);
          }
        });
    return handle.isPresent();
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
