package dev.terrain.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a folder remembers of its cluster.
 *
 * @param master where it takes jobs
 * @param size how large it was asked to be
 * @param jar name of the jar of Terrain that it was started with
 * @param plugins names of the jars of plugins that it was started with
 * @param processes its processes, the JobManager first
 */
record ClusterState(
    MasterAddress master,
    ClusterSize size,
    String jar,
    List<String> plugins,
    List<ClusterProcess> processes) {
  /** An earlier version's state names no plugins. */
  ClusterState {
    plugins = plugins == null ? List.of() : List.copyOf(plugins);
  }

  static final String JOB_MANAGER = "jobmanager";

  /** All roles of a cluster of this size. */
  List<String> roles() {
    List<String> roles = new ArrayList<>(List.of(JOB_MANAGER));
    for (int i = 1; i <= size.taskManagers(); i++) {
      roles.add("taskmanager-" + i);
    }
    return roles;
  }

  /** Names of its TaskManagers. */
  Set<String> taskManagers() {
    return processes.stream()
        .filter(process -> !process.role().equals(JOB_MANAGER))
        .map(ClusterProcess::name)
        .collect(Collectors.toSet());
  }

  boolean anyAlive() {
    return processes.stream().anyMatch(ClusterProcess::isAlive);
  }

  Optional<ClusterProcess> process(String role) {
    return processes.stream().filter(process -> process.role().equals(role)).findFirst();
  }

  /** The same cluster with a process in its role, instead of an earlier one. */
  ClusterState with(ClusterProcess started) {
    List<ClusterProcess> others = new ArrayList<>(processes);
    others.removeIf(process -> process.role().equals(started.role()));
    others.add(started);
    return new ClusterState(master, size, jar, plugins, List.copyOf(others));
  }
}
