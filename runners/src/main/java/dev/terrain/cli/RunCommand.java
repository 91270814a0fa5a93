package dev.terrain.cli;

import dev.terrain.engine.Engine;
import dev.terrain.pipelines.Plan;
import dev.terrain.pipelines.RunSummary;
import dev.terrain.pipelines.StudyTables;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
      names = "--rebuild-tables",
      description =
          "Run the pipeline and write tables and report anew even if nothing is to be computed and they are whole.")
  private boolean rebuildTables;

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
  private List<String> engineOptions = List.of();

  @Override
  public Integer call() throws IOException {
    SweepRun run = arguments.open();
    Plan plan = run.plan();
    PlanPrinter printer = new PlanPrinter(plan, arguments.workers());
    if (dryRun) {
      printer.print(spec.commandLine().getOut(), arguments.json());
      return ExitCode.DONE;
    }
    printer.printText(spec.commandLine().getErr());
    if (!rebuildTables) {
      Optional<RunSummary> upToDate = run.findUpToDate(plan);
      if (upToDate.isPresent()) {
        return report(run, upToDate.get());
      }
    }
    return report(run, compute(run, plan));
  }

  private RunSummary compute(SweepRun run, Plan plan) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    InterruptionNotice notice = InterruptionNotice.arm(err);
    ProgressLine line =
        ProgressLine.start(plan, arguments.workers(), run.store(), progress.resolve(), err);
    try {
      return run.run(engine.options(arguments.workers(), engineOptions));
    } finally {
      line.stop();
      notice.disarm();
    }
  }

  private int report(SweepRun run, RunSummary summary) throws IOException {
    List<Failure> failures = StudyTables.of(run.store()).read(Failure.class);
    List<Cell> cells = StudyTables.of(run.store()).read(Cell.class);
    new RunReport(summary, cells, failures, run.store())
        .print(spec.commandLine().getOut(), spec.commandLine().getErr(), arguments.json());
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }
}
