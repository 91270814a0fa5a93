package dev.terrain.cluster;

import java.util.List;
import java.util.Optional;

/**
 * How a local cluster is.
 *
 * @param master where it takes jobs
 * @param size how large it was asked to be
 * @param processes its processes
 * @param overview what its JobManager says; empty while it does not answer
 * @param jobs the jobs that it knows
 */
public record ClusterStatus(
    MasterAddress master,
    ClusterSize size,
    List<ProcessStatus> processes,
    Optional<ClusterOverview> overview,
    List<ClusterJob> jobs) {

  /** Whether every process runs and every slot is there. */
  public boolean isWhole() {
    return processes.stream().allMatch(ProcessStatus::alive)
        && overview.filter(found -> found.slots() == size.allSlots()).isPresent();
  }

  /**
   * One process.
   *
   * @param role {@code jobmanager} or {@code taskmanager-N}
   * @param pid its process id; the last one, if it has ended
   * @param alive whether it runs
   * @param log its log
   */
  public record ProcessStatus(String role, long pid, boolean alive, String log) {}
}
