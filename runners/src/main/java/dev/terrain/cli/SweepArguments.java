package dev.terrain.cli;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.study.SweepSource;
import dev.terrain.sweep.SweepAdvice;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
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
      description =
          "Units of work at a time. Default: the number of processors, or of the cluster's slots; 32 on Dataflow.")
  private Integer workers;

  @Option(
      names = "--checks",
      paramLabel = "FILE",
      description = "YAML file with a list 'checks', in the place of the sweep's.")
  private Path checks;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  private Sweep read;

  Sweep sweep() throws IOException {
    if (read == null) {
      read = SweepSource.read(sweep);
      if (checks != null) {
        read = Sweep.newBuilder(read).setChecks(SweepFile.readChecks(checks)).build();
      }
    }
    return read;
  }

  /**
   * Makes sure that the sweep fits its data, before anything is trained.
   *
   * @param location folder or {@code gs://} prefix of the data set's files; null for where it is by
   *     default
   * @param err where to say what may be unexpected
   */
  void checkData(String location, PrintWriter err) throws IOException {
    SweepSource.checkData(sweep(), sweep, location);
    SweepAdvice.of(sweep()).forEach(advice -> err.println("note: " + advice));
  }

  StudyAddress address() {
    return new StudyAddress(study.address(), study.through(data.location()));
  }

  /** Another address, as the study is reached. */
  String through(String other) {
    return study.through(other);
  }

  String study() {
    return study.address();
  }

  /** Units of work at a time, if they were given. */
  OptionalInt workers() {
    if (workers != null && workers < 1) {
      throw new IllegalArgumentException("--workers (" + workers + ") must be at least 1");
    }
    return workers == null ? OptionalInt.empty() : OptionalInt.of(workers);
  }

  boolean json() {
    return json;
  }
}
