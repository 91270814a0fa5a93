package dev.terrain.cli;

import dev.terrain.run.ChartedReport;
import dev.terrain.run.SweepRun;
import dev.terrain.study.ImportedStudy;
import dev.terrain.sweep.SweepFile;
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

/** {@code terrain check}: what is expected of a study, and whether it holds. */
@Command(
    name = "check",
    description =
        "Checks the tables of a study and the weights of its models: what its sweep names and,"
            + " unless that has one of the kind, completeness, diverged, weights and neighbours; or"
            + " what a file names. Ends with 5 if a check of severity 'error' does not hold.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Option(
      names = "--checks",
      paramLabel = "FILE",
      description = "YAML file with a list 'checks', which are made alone.")
  private Path file;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<CheckResult> results =
        ImportedStudy.find(study.store()).isPresent() ? ofImport() : ofStudy();
    CheckPrinter printer = new CheckPrinter(results);
    if (json) {
      printer.printJson(spec.commandLine().getOut());
    } else {
      printer.printText(spec.commandLine().getOut());
    }
    return results.stream().anyMatch(CheckPrinter::isError) ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private List<CheckResult> ofStudy() throws IOException {
    SweepRun run = study.openTables(data.location(), spec.commandLine().getErr());
    return file == null ? run.checkStudy() : run.check(ofFile());
  }

  private List<CheckResult> ofImport() throws IOException {
    return ChartedReport.check(study.store(), file == null ? List.of() : ofFile());
  }

  private List<Check> ofFile() {
    List<Check> checks = SweepFile.readChecks(file);
    if (checks.isEmpty()) {
      throw new IllegalArgumentException(file + " names no checks");
    }
    return checks;
  }
}
