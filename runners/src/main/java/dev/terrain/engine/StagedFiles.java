package dev.terrain.engine;

import java.io.File;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/** What workers elsewhere need of this process's class path. */
final class StagedFiles {
  /**
   * The other engines, and the logging back end of the command line: Dataflow's workers bring one
   * that sends to Cloud Logging.
   */
  private static final List<String> LEFT_OUT =
      List.of("flink-", "beam-runners-flink-", "beam-runners-direct-", "logback-", "picocli-");

  private StagedFiles() {}

  /** Jars and folders, in the order of the class path. */
  static List<String> ofClassPath() {
    return PipelineResources.detectClassPathResourcesToStage(
            StagedFiles.class.getClassLoader(), PipelineOptionsFactory.create())
        .stream()
        .filter(file -> LEFT_OUT.stream().noneMatch(new File(file).getName()::startsWith))
        .toList();
  }
}
