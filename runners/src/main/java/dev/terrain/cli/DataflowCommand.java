package dev.terrain.cli;

import dev.terrain.engine.FlexTemplateMetadata;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code terrain dataflow}: what Google Cloud Dataflow wants to know. */
@Command(
    name = "dataflow",
    description = "Files for Google Cloud Dataflow.",
    synopsisSubcommandLabel = "COMMAND")
final class DataflowCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "template-metadata",
      description = "Prints metadata.json of the Flex Template: its parameters.")
  int templateMetadata() throws IOException {
    spec.commandLine().getOut().println(FlexTemplateMetadata.json());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
