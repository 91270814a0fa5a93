package dev.terrain.engine;

import java.nio.file.Path;
import java.util.List;

/** Beam's options that embedded Flink and a cluster share. */
final class FlinkArguments {
  private FlinkArguments() {}

  static List<String> of(String master, int workers, Path configuration) {
    return List.of(
        "--runner=FlinkRunner",
        "--flinkMaster=" + master,
        "--parallelism=" + workers,
        // A stage ends before what follows it begins, so that a lost worker costs its stage only.
        "--executionModeForBatch=BATCH_FORCED",
        // Elements are never changed, so operators of one chain may share them.
        "--fasterCopy=true",
        "--flinkConfDir=" + configuration);
  }
}
