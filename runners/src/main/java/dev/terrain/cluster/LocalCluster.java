package dev.terrain.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Flink session cluster on this machine: one JobManager and some TaskManagers, each a process of
 * its own, which take connections from this machine only. A folder holds all that is known of it.
 */
public final class LocalCluster {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** Longer than another process takes to start the cluster or to give it up. */
  private static final Duration OTHERS_LIMIT = START_LIMIT.plusMinutes(1);

  private static final long POLL_MS = 200;

  private final ClusterFolder folder;

  private LocalCluster(ClusterFolder folder) {
    this.folder = folder;
  }

  /** The cluster of a folder, whether it is up or not. */
  public static LocalCluster in(Path folder) {
    return new LocalCluster(new ClusterFolder(folder));
  }

  /**
   * Starts every process of the cluster that does not run, and waits until all slots are there. So
   * the same call starts a cluster, heals one that lost a process, and leaves one alone that is up.
   * Waits while another process does this, or ends the cluster.
   *
   * @param port port of the JobManager's REST interface, 0 for any; a cluster that is up keeps its
   *     own
   * @throws IllegalArgumentException if the port is taken, the folder holds something else, or a
   *     cluster of another size or port is up in it
   * @throws IOException if a process ends at once, or the slots are not there after two minutes
   */
  public MasterAddress up(ClusterSize size, int port) throws IOException {
    JobJar jar = JobJar.ofThisProcess();
    PluginJars plugins = PluginJars.ofThisProcess(jar);
    ClusterLock lock = folder.take(OTHERS_LIMIT);
    try {
      return up(size, port, jar, plugins);
    } finally {
      lock.close();
    }
  }

  private MasterAddress up(ClusterSize size, int port, JobJar jar, PluginJars plugins)
      throws IOException {
    Optional<ClusterState> before = folder.readState().filter(ClusterState::anyAlive);
    ClusterState state =
        before.isPresent()
            ? same(before.get(), size, port, jar, plugins)
            : prepare(size, port, jar, plugins);
    ClusterJvm jvm = new ClusterJvm(folder, size, jar, plugins);
    for (String role : state.roles()) {
      if (state.process(role).filter(ClusterProcess::isAlive).isEmpty()) {
        state = state.with(jvm.start(role));
        folder.writeState(state);
      }
    }
    await(state);
    return state.master();
  }

  private ClusterState same(
      ClusterState state, ClusterSize size, int port, JobJar jar, PluginJars plugins)
      throws IOException {
    if (!state.jar().equals(jar.uniqueName())) {
      throw new IllegalArgumentException(
          "a cluster of another build of Terrain is up at %s in %s; end it with 'terrain flink down' first"
              .formatted(state.master(), folder.root()));
    }
    if (!state.plugins().equals(plugins.uniqueNames())) {
      throw new IllegalArgumentException(
          "a cluster with other plugins (%s) than these (%s) is up at %s in %s; end it with 'terrain flink down' first"
              .formatted(
                  list(state.plugins()),
                  list(plugins.uniqueNames()),
                  state.master(),
                  folder.root()));
    }
    if (!state.size().equals(size) || (port != 0 && port != state.master().port())) {
      throw new IllegalArgumentException(
          "a cluster of %s is up at %s in %s; end it with 'terrain flink down' before you start another"
              .formatted(state.size(), state.master(), folder.root()));
    }
    return state;
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private ClusterState prepare(ClusterSize size, int port, JobJar jar, PluginJars plugins)
      throws IOException {
    int restPort = FreePort.orAny(port);
    folder.prepare();
    FlinkConfiguration.write(folder, size, restPort, FreePort.any());
    Files.copy(jar.file(), folder.jar(jar.uniqueName()));
    for (int i = 0; i < plugins.files().size(); i++) {
      Files.copy(plugins.files().get(i), folder.jar(plugins.uniqueNames().get(i)));
    }
    return new ClusterState(
        new MasterAddress("127.0.0.1", restPort),
        size,
        jar.uniqueName(),
        plugins.uniqueNames(),
        List.of());
  }

  private void await(ClusterState state) throws IOException {
    long start = System.nanoTime();
    while (!isReady(state)) {
      for (ClusterProcess process : state.processes()) {
        if (!process.isAlive()) {
          throw new IOException(
              "the %s ended while it started; why is in %s and %s"
                  .formatted(
                      process.role(), folder.log(process.role()), folder.output(process.role())));
        }
      }
      if (System.nanoTime() - start > START_LIMIT.toNanos()) {
        throw new IOException(
            "the cluster in %s has not all of its %d slots after %d s; its logs may say why"
                .formatted(folder.root(), state.size().allSlots(), START_LIMIT.toSeconds()));
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while the cluster started");
      }
    }
  }

  /** A TaskManager that was killed keeps its slots until it is missed, seconds later. */
  private static boolean isReady(ClusterState state) throws IOException {
    Optional<FlinkCluster> cluster = answering(state);
    return cluster.isPresent()
        && cluster.get().taskManagers().equals(state.taskManagers())
        && cluster.get().overview().slots() == state.size().allSlots();
  }

  private static Optional<FlinkCluster> answering(ClusterState state) {
    try {
      return Optional.of(FlinkCluster.at(state.master()));
    } catch (IllegalArgumentException e) {
      // It may not listen yet, or no more: for those who ask that is an answer.
      return Optional.empty();
    }
  }

  /**
   * Ends the processes that {@link #up} started, and no others. Checkpoints, savepoints and logs
   * stay in the folder. Waits while another process starts the cluster.
   *
   * @return how many were ended
   * @throws IOException if the folder cannot be read or written
   */
  public int down() throws IOException {
    Optional<ClusterLock> taken = folder.takeIfUsed(OTHERS_LIMIT);
    if (taken.isEmpty()) {
      return 0;
    }
    try {
      return end();
    } finally {
      taken.get().close();
    }
  }

  private int end() throws IOException {
    Optional<ClusterState> state = folder.readState();
    if (state.isEmpty()) {
      return 0;
    }
    int ended = 0;
    List<ClusterProcess> processes = state.get().processes();
    // The TaskManagers first: without their JobManager they would only wait for another.
    for (int i = processes.size() - 1; i >= 0; i--) {
      if (processes.get(i).end()) {
        ended++;
      }
    }
    folder.close();
    return ended;
  }

  /** How the cluster is; empty if none was started, or it was ended. */
  public Optional<ClusterStatus> status() throws IOException {
    Optional<ClusterState> state = folder.readState();
    return state.isEmpty() ? Optional.empty() : Optional.of(status(state.get()));
  }

  private ClusterStatus status(ClusterState state) throws IOException {
    List<ClusterStatus.ProcessStatus> processes =
        state.processes().stream()
            .map(
                process ->
                    new ClusterStatus.ProcessStatus(
                        process.role(),
                        process.pid(),
                        process.isAlive(),
                        folder.log(process.role()).toString()))
            .toList();
    Optional<FlinkCluster> cluster = answering(state);
    if (cluster.isEmpty()) {
      return new ClusterStatus(
          state.master(), state.size(), processes, Optional.empty(), List.of());
    }
    return new ClusterStatus(
        state.master(),
        state.size(),
        processes,
        Optional.of(cluster.get().overview()),
        cluster.get().jobs());
  }

  /** Where the cluster of this folder takes jobs; empty if none is up. */
  public Optional<MasterAddress> master() throws IOException {
    return folder.readState().filter(ClusterState::anyAlive).map(ClusterState::master);
  }
}
