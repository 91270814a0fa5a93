package dev.terrain.cli;

import dev.terrain.plan.CellBudget;
import dev.terrain.plan.Forcing;
import dev.terrain.run.Study;
import dev.terrain.run.SweepRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code terrain plan}: what {@code run} would do. */
@Command(name = "plan", description = "Says what a run would do, and why; writes nothing.")
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SweepArguments arguments;
  @Mixin private ControlOptions control;

  @Override
  public Integer call() throws IOException {
    int workers = arguments.workers().orElse(Runtime.getRuntime().availableProcessors());
    SweepRun run =
        new Study(arguments.address().withControl(control.control()))
            .run(arguments.sweep(), spec.commandLine().getErr()::println);
    arguments.checkData(run.dataLocation(), spec.commandLine().getErr());
    CellBudget budget = control.budget(workers);
    Forcing forcing = control.forcing();
    if (!budget.isUnbounded()) {
      run = run.within(budget, forcing);
    }
    new PlanPrinter(run.timed(run.plan(forcing)), workers)
        .print(spec.commandLine().getOut(), arguments.json());
    return ExitCode.DONE;
  }
}
