package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.run.ChartedReport;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.StoredManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
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
            + " SVG. With --against, another file that shows two studies side by side.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;

  @Option(
      names = "--against",
      paramLabel = "STUDY2",
      description =
          "Draw both studies side by side, with their difference, into the file comparison.html of"
              + " the first.")
  private String other;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ObjectStore store = study.store();
    String report = store.uri(other == null ? draw(store) : compare(store));
    spec.commandLine()
        .getOut()
        .println(json ? new ObjectMapper().writeValueAsString(Map.of("report", report)) : report);
    return ExitCode.DONE;
  }

  private String draw(ObjectStore store) throws IOException {
    Optional<ImportedStudy> imported = ImportedStudy.find(store);
    if (imported.isPresent()) {
      ChartedReport.write(imported.get(), store);
    } else {
      study.openTables(null, spec.commandLine().getErr()).writeReport();
    }
    return StoredManifest.REPORT;
  }

  private String compare(ObjectStore store) throws IOException {
    PrintWriter notes = spec.commandLine().getErr();
    ObjectStore second = ObjectStores.open(study.through(LocalFolder.check("--against", other)));
    ChartedStudy first = study.chart(notes);
    ChartedReport.writeComparison(store, first, second, ChartedStudies.open(second));
    return ChartedReport.COMPARISON;
  }
}
