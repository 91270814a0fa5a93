package dev.terrain.run;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.copy.TablesCopy;
import dev.terrain.plan.Plan;
import dev.terrain.study.SweepSource;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the main job with Beam's options, for schedulers: {@code --sweep=… --study=…
 * --runner=FlinkRunner …}.
 *
 * <p>Starts no engine if nothing is to be computed and the tables are whole.
 *
 * <p>With {@code --copyTables} the tables are copied once they are checked, also if they were whole
 * before; an exception tells if that fails.
 *
 * <p>Exit code 0 if every unit is finished, 4 if some failed, 5 if none failed but a check of
 * severity error does not hold, 130 if the service says that the job was cancelled; an exception
 * ends it otherwise. With {@code --detach}, and where Dataflow's launcher only makes a template, it
 * ends once the engine has the job.
 */
public final class SweepMain {
  private static final Logger LOG = LoggerFactory.getLogger(SweepMain.class);
  private static final int SOME_FAILED = 4;
  private static final int CHECK_FAILED = 5;
  private static final int INTERRUPTED = 130;
  private static final String DATAFLOW = "DataflowRunner";

  private SweepMain() {}

  /** Parses the options and runs. */
  public static void main(String[] arguments) throws IOException {
    SweepOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(SweepOptions.class);
    Sweep sweep = SweepSource.read(options.getSweep());
    StudyAddress address = StudyOptions.address(options);
    boolean leave =
        options.getDetach() || options.as(JobTemplateOptions.class).getTemplateLocation() != null;
    SweepRun run = new Study(address).run(sweep, LOG::warn);
    if (options.getRunner().getSimpleName().equals(DATAFLOW)) {
      checkReach(sweep, address.at(options.getStudy(), run.dataLocation()));
    }
    SweepSource.checkData(sweep, options.getSweep(), run.dataLocation());
    Plan plan = run.plan();
    if (leave) {
      if (options.getCopyTables() != null) {
        throw new IllegalArgumentException(
            "--copyTables (%s): nothing here waits for the tables; leave out --detach and --templateLocation"
                .formatted(options.getCopyTables()));
      }
      run.unattended().submit(options);
      return;
    }
    Optional<TablesCopy> copy =
        Optional.ofNullable(options.getCopyTables())
            .map(to -> TablesCopy.of(run.store(), to, options));
    Optional<RunSummary> upToDate =
        options.getRebuildTables() || options.getCopyModels() != null
            ? Optional.empty()
            : run.findUpToDate(plan);
    RunSummary summary;
    try {
      summary = upToDate.isPresent() ? upToDate.get() : run.run(options);
    } catch (JobCancelledException e) {
      System.err.println(e.getMessage());
      System.exit(INTERRUPTED);
      return;
    }
    if (copy.isPresent()) {
      copy.get().withInputs(run.tablesFingerprint()).update();
    }
    if (summary.failed() > 0) {
      System.exit(SOME_FAILED);
    }
    if (!summary.checksHold()) {
      System.exit(CHECK_FAILED);
    }
  }

  private static void checkReach(Sweep sweep, StudyAddress address) {
    List<String> problems = SharedStorage.problems(sweep, address);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
