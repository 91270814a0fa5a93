package dev.terrain.cluster;

/**
 * A job of a cluster.
 *
 * @param id its identifier in Flink
 * @param name its name
 * @param state Flink's word for its state, such as RUNNING
 * @param started when it began, milliseconds since 1970
 */
public record ClusterJob(String id, String name, String state, long started) {
  boolean hasEnded() {
    return state.equals("FINISHED") || state.equals("FAILED") || state.equals("CANCELED");
  }
}
