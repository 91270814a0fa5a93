package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terrain.run.SweepRun;
import dev.terrain.study.StoredManifest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SweepRun run = study.openTables(null, spec.commandLine().getErr());
    run.writeReport();
    String report = run.store().uri(StoredManifest.REPORT);
    spec.commandLine()
        .getOut()
        .println(json ? new ObjectMapper().writeValueAsString(Map.of("report", report)) : report);
    return ExitCode.DONE;
  }
}
