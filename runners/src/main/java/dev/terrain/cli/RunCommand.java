package dev.terrain.cli;

import dev.terrain.engine.Engine;
import dev.terrain.pipelines.Plan;
import dev.terrain.pipelines.RunSummary;
import dev.terrain.pipelines.StudyTables;
import dev.terrain.pipelines.SubmittedRun;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain run}: plan, train, measure, write tables and report. */
@Command(
    name = "run",
    description =
        "Trains and measures the models of a sweep, writes tables and report. Does only what the study's ledger lacks.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SweepArguments arguments;

  @Option(
      names = "--runner",
      paramLabel = "ENGINE",
      defaultValue = "local",
      description =
          "Engine: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE} (Flink inside this process).")
  private Engine engine;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would run, and why; write nothing.")
  private boolean dryRun;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "Progress: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE} (a line on a terminal that is kept up to date).")
  private ProgressStyle progress;

  @Option(
      names = "--detach",
      description =
          "End once the engine has the job: tables are not checked, and no report is drawn. For engines that outlive this command.")
  private boolean detach;

  @Parameters(
      index = "1..*",
      paramLabel = "ENGINE_OPTION",
      description = "After --: options of the engine itself, such as --jobName=x.")
  private List<String> engineOptions = List.of();

  @Override
  public Integer call() throws IOException {
    int workers = arguments.workers(engine);
    if (detach && !engine.outlivesCommand()) {
      throw new IllegalArgumentException(
          "--detach: the engine '" + engine + "' ends with this command; give another --runner");
    }
    PipelineOptions options = engine.options(arguments.job(engine, engineOptions));
    SweepRun run = arguments.open();
    Plan plan = run.plan();
    PlanPrinter printer = new PlanPrinter(plan, workers);
    if (dryRun) {
      printer.print(spec.commandLine().getOut(), arguments.json());
      return ExitCode.DONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    printer.printText(err);
    InterruptionNotice notice = InterruptionNotice.arm(err, engine.outlivesCommand());
    ProgressLine line = ProgressLine.start(plan, workers, run.store(), progress.resolve(), err);
    RunSummary summary;
    try {
      SubmittedRun submitted = engine.submit(run, options);
      engine.whereabouts(submitted, options).ifPresent(err::println);
      if (detach || engine.makesTemplate(options)) {
        return ExitCode.DONE;
      }
      summary = submitted.finish();
    } finally {
      line.stop();
      notice.disarm();
    }
    List<Failure> failures = StudyTables.of(run.store()).read(Failure.class);
    List<Cell> cells = StudyTables.of(run.store()).read(Cell.class);
    new RunReport(summary, cells, failures, run.store())
        .print(spec.commandLine().getOut(), err, arguments.json());
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }
}
