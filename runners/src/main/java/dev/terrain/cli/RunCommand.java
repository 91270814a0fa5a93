package dev.terrain.cli;

import dev.terrain.copy.TablesCopy;
import dev.terrain.engine.ReadyEngine;
import dev.terrain.engine.StorageOptions;
import dev.terrain.plan.CellBudget;
import dev.terrain.plan.Forcing;
import dev.terrain.plan.Plan;
import dev.terrain.run.RunSummary;
import dev.terrain.run.Study;
import dev.terrain.run.SubmittedRun;
import dev.terrain.run.SweepRun;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.FailureNames;
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
        "Trains and measures the models of a sweep, writes tables and report. Does only what the"
            + " study's ledger lacks.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SweepArguments arguments;

  @Mixin private EngineOptions engineOptions;
  @Mixin private SaveOption save;
  @Mixin private StackOption stack;
  @Mixin private ControlOptions control;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would run, and why; write nothing.")
  private boolean dryRun;

  @Option(
      names = "--rebuild-tables",
      description =
          "Run the pipeline and write tables and report anew even if nothing is to be computed and"
              + " they are whole.")
  private boolean rebuildTables;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "Progress: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE} (a line on a terminal that"
              + " is kept up to date).")
  private ProgressStyle progress;

  @Option(
      names = "--detach",
      description =
          "End once the engine has the job: tables are not checked, and no report is drawn. For"
              + " engines that outlive this command.")
  private boolean detach;

  @Option(
      names = "--copy-tables",
      paramLabel = "ADDRESS",
      description =
          "Copy the tables here once they are checked: a folder, or an address in gs://, s3:// or"
              + " whatever Beam has a file system for. Options of these, such as --awsRegion=x,"
              + " follow --.")
  private String copyTables;

  @Option(
      names = "--copy-models",
      paramLabel = "ADDRESS",
      description =
          "Copy the weights of verified models here, also of those that were trained before: a folder, or a gs:// address.")
  private String copyModels;

  @Parameters(
      index = "1..*",
      paramLabel = "ENGINE_OPTION",
      description = "After --: options of the engine itself, such as --jobName=x.")
  private List<String> given = List.of();

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    SweepRun run =
        new Study(
                stack
                    .of(save.of(arguments.address()))
                    .withControl(control.control())
                    .withModelCopies(modelCopies()))
            .run(arguments.sweep(), err::println);
    Optional<TablesCopy> copy = copy(run);
    Forcing forcing = control.forcing();
    arguments.checkData(run.dataLocation(), err);
    Plan plan = run.plan(forcing);
    if (!dryRun && !rebuildTables && copyModels == null) {
      Optional<RunSummary> upToDate = run.findUpToDate(plan);
      if (upToDate.isPresent()) {
        new PlanPrinter(plan, 1).printText(err);
        return report(run, upToDate.get(), copy);
      }
    }
    if (!dryRun && !plan.isComplete()) {
      engineOptions.loadAhead();
    }
    ReadyEngine engine = engineOptions.ready(run, arguments, given);
    if (detach && !engine.outlivesCommand()) {
      throw new IllegalArgumentException(
          "--detach: the engine ends with this command; give another --runner");
    }
    if (copy.isPresent() && (detach || engine.makesTemplate())) {
      throw new IllegalArgumentException(
          "--copy-tables (%s): this command ends before there are tables; leave out --detach and --templateLocation, or copy them later with 'terrain export --copy-to'"
              .formatted(copyTables));
    }
    CellBudget budget = control.budget(engine.workers());
    if (!budget.isUnbounded()) {
      run = run.within(budget, forcing);
      plan = run.plan(forcing);
    }
    if (!engine.outlivesCommand()) {
      // Elsewhere this machine's speed says little.
      plan = run.timed(plan);
    }
    PlanPrinter printer = new PlanPrinter(plan, engine.workers());
    if (dryRun) {
      printer.print(spec.commandLine().getOut(), arguments.json());
      return ExitCode.DONE;
    }
    SharedFolderNotice.of(run.store(), engine.hosts()).ifPresent(err::println);
    printer.printText(err);
    run.forget(forcing);
    Optional<RunSummary> summary = compute(run, plan, engine);
    return summary.isPresent() ? report(run, summary.get(), copy) : ExitCode.DONE;
  }

  private String modelCopies() {
    if (copyModels == null) {
      return null;
    }
    String place = LocalFolder.check("--copy-models", copyModels);
    try {
      return arguments.through(ObjectStores.absolute(place));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--copy-models: " + e.getMessage(), e);
    }
  }

  private Optional<TablesCopy> copy(SweepRun run) {
    return copyTables == null
        ? Optional.empty()
        : Optional.of(
            TablesCopy.of(
                run.store(),
                arguments.through(LocalFolder.check("--copy-tables", copyTables)),
                StorageOptions.of(given)));
  }

  private Optional<RunSummary> compute(SweepRun run, Plan plan, ReadyEngine engine)
      throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    InterruptionNotice notice = InterruptionNotice.arm(err, engine);
    ProgressLine line =
        ProgressLine.start(plan, engine.workers(), run.store(), progress.resolve(), err);
    try {
      boolean leave = detach || engine.makesTemplate();
      SubmittedRun submitted = engine.submit(leave ? run.unattended() : run);
      engine.whereabouts(submitted).ifPresent(err::println);
      return leave ? Optional.empty() : Optional.of(submitted.finish());
    } catch (RuntimeException e) {
      if (notice.isGiven()) {
        return Optional.empty();
      }
      throw engine.explain(e, arguments.study());
    } finally {
      line.stop();
      notice.disarm();
    }
  }

  private int report(SweepRun run, RunSummary summary, Optional<TablesCopy> copy)
      throws IOException {
    List<Failure> failures = summary.rows().failures();
    List<Cell> cells = summary.rows().cells();
    new RunReport(summary, cells, failures, FailureNames.of(run.sweep(), failures), run.store())
        .print(spec.commandLine().getOut(), spec.commandLine().getErr(), arguments.json());
    if (copy.isPresent()) {
      spec.commandLine()
          .getErr()
          .println(CopyText.of(copy.get().withInputs(run.tablesFingerprint()).update()));
    }
    if (!failures.isEmpty()) {
      return ExitCode.SOME_FAILED;
    }
    return summary.checksHold() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }
}
