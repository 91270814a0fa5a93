package dev.terrain.cli;

import dev.terrain.pipelines.StudyTables;
import dev.terrain.tables.ExportFormat;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain export}: a table for other tools. */
@Command(name = "export", description = "Prints a table of a study for other tools.")
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      required = true,
      description = "Table: ${COMPLETION-CANDIDATES} (in any case).")
  private Table table;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "Format: ${COMPLETION-CANDIDATES} (in any case). Default: ${DEFAULT-VALUE}.")
  private ExportFormat format;

  @Override
  public Integer call() throws IOException {
    study.check();
    PrintWriter out = spec.commandLine().getOut();
    TableExport.write(StudyTables.of(study.store()), table, format, out);
    out.flush();
    return ExitCode.DONE;
  }
}
