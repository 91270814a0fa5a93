package dev.terrain.cli;

import dev.terrain.copy.TablesCopy;
import dev.terrain.engine.StorageOptions;
import dev.terrain.study.StudyTables;
import dev.terrain.study.TablesStanding;
import dev.terrain.tables.ExportFormat;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain export}: a table for other tools, or all of them elsewhere. */
@Command(
    name = "export",
    description = "Prints a table of a study for other tools, or copies all tables elsewhere.")
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "Format: ${COMPLETION-CANDIDATES} (in any case). Default: ${DEFAULT-VALUE}.")
  private ExportFormat format;

  @Option(
      names = "--raw",
      description =
          "CSV with all texts as they are. Default: one that a spreadsheet would compute (it begins"
              + " with =, +, - or @, and is no number) has an apostrophe before it.")
  private boolean raw;

  @Parameters(
      paramLabel = "STORAGE_OPTION",
      description = "After --: options of the storage that is copied to, such as --awsRegion=x.")
  private List<String> given = List.of();

  /** One of two. */
  private static final class What {
    @Option(
        names = "--table",
        paramLabel = "TABLE",
        required = true,
        description = "Table: ${COMPLETION-CANDIDATES} (in any case).")
    private Table table;

    @Option(
        names = "--copy-to",
        paramLabel = "ADDRESS",
        required = true,
        description =
            "Copy the files of all tables here: a folder, or an address in gs://, s3:// or whatever"
                + " Beam has a file system for.")
    private String copyTo;
  }

  @Override
  public Integer call() throws IOException {
    if (what.copyTo != null) {
      return copy();
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "options of a storage (%s) need --copy-to".formatted(String.join(" ", given)));
    }
    study.check();
    tellOwner();
    PrintWriter out = spec.commandLine().getOut();
    TableExport.write(StudyTables.of(study.store()), what.table, format, raw, out);
    out.flush();
    return ExitCode.DONE;
  }

  private int copy() throws IOException {
    TablesCopy copy =
        TablesCopy.of(
            study.store(),
            study.through(LocalFolder.check("--copy-to", what.copyTo)),
            StorageOptions.of(given));
    study.check();
    tellOwner();
    spec.commandLine().getErr().println(CopyText.of(copy.update()));
    return ExitCode.DONE;
  }

  private void tellOwner() throws IOException {
    TablesStanding.of(study.store()).difference().ifPresent(spec.commandLine().getErr()::println);
  }
}
