package dev.terrain.cli;

import dev.terrain.pipelines.SweepRun;
import dev.terrain.spec.SweepFile;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain check}: what is expected of a study's tables, and whether it holds. */
@Command(
    name = "check",
    description =
        "Checks the tables of a study: those checks that its sweep names, or those of a file. Ends"
            + " with 5 if one of severity 'error' does not hold.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Option(
      names = "--checks",
      paramLabel = "FILE",
      description = "YAML file with a list 'checks'. Default: the list of the sweep.")
  private Path file;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SweepRun run = study.openTables(data.location(), spec.commandLine().getErr());
    List<Check> checks = file == null ? run.sweep().getChecks() : SweepFile.readChecks(file);
    if (checks.isEmpty()) {
      throw new IllegalArgumentException(
          file == null
              ? "the sweep names no checks; name a file with --checks"
              : file + " names no checks");
    }
    List<CheckResult> results = run.check(checks);
    CheckPrinter printer = new CheckPrinter(results);
    if (json) {
      printer.printJson(spec.commandLine().getOut());
    } else {
      printer.printText(spec.commandLine().getOut());
    }
    return results.stream().anyMatch(CheckPrinter::isError) ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }
}
