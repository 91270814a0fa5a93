package dev.terrain.cli;

import dev.terrain.study.SweepSource;
import dev.terrain.sweep.SweepAdvice;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.sweep.SweepJson;
import dev.terrain.sweep.SweepJsonSchema;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain config}: checks and shows sweep files. */
@Command(
    name = "config",
    description = "Checks and shows sweep files.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
  @Spec private CommandSpec spec;

  @Command(description = "Checks a sweep file, and whether it fits the data if these are there.")
  int validate(
      @Parameters(paramLabel = "SWEEP", description = "Sweep file (YAML).") Path sweep,
      @Mixin DataOption data)
      throws IOException {
    Sweep valid = SweepFile.read(sweep);
    PrintWriter err = spec.commandLine().getErr();
    try {
      SweepSource.checkData(valid, sweep.toString(), data.location());
    } catch (IOException e) {
      if (data.location() != null) {
        throw e;
      }
      err.println("note: not checked against its data: " + e.getMessage());
    }
    SweepAdvice.of(valid).forEach(advice -> err.println("note: " + advice));
    SweepExpansion expansion = SweepExpansion.of(valid);
    print(
        "%s is valid: %d cells, %d models"
            .formatted(sweep, expansion.cellCount(), expansion.modelCount()));
    return ExitCode.DONE;
  }

  @Command(description = "Shows a sweep as JSON with every setting resolved.")
  int show(@Parameters(paramLabel = "SWEEP", description = "Sweep file (YAML).") Path sweep) {
    print(SweepJson.write(SweepFile.read(sweep)));
    return ExitCode.DONE;
  }

  @Command(description = "Prints the JSON Schema of sweep files.")
  int schema() {
    print(SweepJsonSchema.text());
    return ExitCode.DONE;
  }

  private void print(String text) {
    spec.commandLine().getOut().println(text.stripTrailing());
    spec.commandLine().getOut().flush();
  }
}
