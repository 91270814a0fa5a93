package dev.terrain.pipelines;

import dev.terrain.spec.SweepFile;
import dev.terrain.transforms.StudyAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Runs the main job with Beam's options, for schedulers: {@code --sweep=… --study=…
 * --runner=FlinkRunner …}.
 *
 * <p>Starts no engine if nothing is to be computed and the tables are whole.
 *
 * <p>Exit code 0 if every unit is finished, 4 if some failed; an exception ends it otherwise.
 */
public final class SweepMain {
  private static final int SOME_FAILED = 4;

  private SweepMain() {}

  /** Parses the options and runs. */
  public static void main(String[] arguments) throws IOException {
    SweepOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(SweepOptions.class);
    SweepRun run =
        new SweepRun(
            SweepFile.read(Path.of(options.getSweep())),
            new StudyAddress(options.getStudy(), options.getData()));
    Plan plan = run.plan();
    if (!options.getRebuildTables() && run.findUpToDate(plan).isPresent()) {
      return;
    }
    if (run.run(options).failed() > 0) {
      System.exit(SOME_FAILED);
    }
  }
}
