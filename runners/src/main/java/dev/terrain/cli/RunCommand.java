package dev.terrain.cli;

import dev.terrain.engine.ReadyEngine;
import dev.terrain.pipelines.Plan;
import dev.terrain.pipelines.RunSummary;
import dev.terrain.pipelines.StudyTables;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
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

  @Mixin private EngineOptions engineOptions;

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

  @Parameters(
      index = "1..*",
      paramLabel = "ENGINE_OPTION",
      description = "After --: options of the engine itself, such as --jobName=x.")
  private List<String> further = List.of();

  @Override
  public Integer call() throws Exception {
    SweepRun run = arguments.open();
    Plan plan = run.plan();
    ReadyEngine engine = engineOptions.ready(arguments.workers(), further);
    PlanPrinter printer = new PlanPrinter(plan, engine.workers());
    if (dryRun) {
      printer.print(spec.commandLine().getOut(), arguments.json());
      return ExitCode.DONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    SharedFolderNotice.of(run.store(), engine.hosts()).ifPresent(err::println);
    printer.printText(err);
    InterruptionNotice notice = InterruptionNotice.arm(err, engine);
    ProgressLine line =
        ProgressLine.start(plan, engine.workers(), run.store(), progress.resolve(), err);
    RunSummary summary;
    try {
      summary = run.run(engine.options());
    } catch (RuntimeException e) {
      throw engine.explain(e);
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
