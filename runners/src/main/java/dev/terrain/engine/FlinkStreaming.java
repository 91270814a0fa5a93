package dev.terrain.engine;

import java.util.List;

/** Beam's options of an unbounded job on Flink, embedded or on a cluster. */
final class FlinkStreaming {
  private FlinkStreaming() {}

  static List<String> arguments() {
    return List.of(
        "--streaming=true",
        // What is done again after a crash: seconds of listing, pairing and summarising.
        "--checkpointingInterval=10000",
        // Elements may take minutes; a checkpoint that is late is no reason to restart the job.
        "--checkpointTimeoutMillis=3600000",
        "--failOnCheckpointingErrors=false",
        // No element holds a thread for long, so barriers need not overtake any; and what was
        // overtaken
        // could not be dealt out to another number of workers.
        "--unalignedCheckpointEnabled=false",
        "--externalizedCheckpointsEnabled=true",
        "--retainExternalizedCheckpointsOnCancellation=true",
        // State can be dealt out to another number of workers only if this never changes.
        "--maxParallelism=128");
  }
}
