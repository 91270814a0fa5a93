package dev.terrain.cli;

import dev.terrain.run.SweepRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain status}: how far a study is, as its files tell. */
@Command(
    name = "status",
    description =
        "Says how far a study is with its current plan, also while a run works on it, here or"
            + " elsewhere.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SweepRun run = study.open(data.location());
    new StatusPrinter(run.status(), TablesText.of(run.store()))
        .print(spec.commandLine().getOut(), json);
    return ExitCode.DONE;
  }
}
