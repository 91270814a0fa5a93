package dev.terrain.cli;

import dev.terrain.engine.Engine;
import dev.terrain.engine.EngineJob;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.pipelines.SweepSource;
import dev.terrain.transforms.StudyAddress;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run} and {@code plan} both take. */
final class SweepArguments {
  @Parameters(
      index = "0",
      paramLabel = "SWEEP",
      description = "Sweep file (YAML): a path or a gs:// address.")
  private String sweep;

  @Mixin private StudyOption study;
  @Mixin private DataOption data;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Units of work at a time. Default: the number of processors; 32 on Dataflow.")
  private Integer workers;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  private Sweep read;

  SweepRun open() throws IOException {
    return new SweepRun(sweep(), address());
  }

  /** The sweep as it is to run on an engine. */
  EngineJob job(Engine engine, List<String> engineOptions) throws IOException {
    return new EngineJob(sweep(), address(), workers(engine), engineOptions);
  }

  private Sweep sweep() throws IOException {
    if (read == null) {
      read = SweepSource.read(sweep);
    }
    return read;
  }

  private StudyAddress address() {
    return new StudyAddress(study.address(), data.location());
  }

  int workers(Engine engine) {
    if (workers != null && workers < 1) {
      throw new IllegalArgumentException("--workers (" + workers + ") must be at least 1");
    }
    return workers == null ? engine.defaultWorkers() : workers;
  }

  boolean json() {
    return json;
  }
}
