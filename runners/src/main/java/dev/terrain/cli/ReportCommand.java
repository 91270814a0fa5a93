package dev.terrain.cli;

import dev.terrain.pipelines.SweepRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code terrain report}: the report anew, from the tables. */
@Command(
    name = "report",
    description =
        "Draws the report of a study from its tables: one offline HTML file, and each figure as"
            + " SVG.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;

  @Override
  public Integer call() throws IOException {
    SweepRun run = study.openTables(null, spec.commandLine().getErr());
    run.writeReport();
    spec.commandLine().getOut().println(run.store().uri(SweepRun.REPORT));
    return ExitCode.DONE;
  }
}
