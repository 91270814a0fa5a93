package dev.terrain.cli;

import dev.terrain.spec.SweepExpansion;
import dev.terrain.spec.SweepFile;
import dev.terrain.spec.SweepJson;
import dev.terrain.spec.SweepJsonSchema;
import dev.terrain.v1.Sweep;
import java.nio.file.Path;
import picocli.CommandLine.Command;
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

  @Command(description = "Checks a sweep file.")
  int validate(@Parameters(paramLabel = "SWEEP", description = "Sweep file (YAML).") Path sweep) {
    Sweep valid = SweepFile.read(sweep);
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
