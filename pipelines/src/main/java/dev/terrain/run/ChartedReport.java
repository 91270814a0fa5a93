package dev.terrain.run;

import dev.terrain.checks.DefaultChecks;
import dev.terrain.checks.TableChecks;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.report.Report;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.ModelFiles;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reports of studies that no run of this process has made: imported ones, and two side by side. */
public final class ChartedReport {
  /** Name in a study of the page that shows it beside another one. */
  public static final String COMPARISON = "comparison.html";

  private ChartedReport() {}

  /**
   * Checks the tables of an imported study: as asked, or that no cell departs from its neighbours.
   */
  public static List<CheckResult> check(ObjectStore store, List<Check> asked) throws IOException {
    TableChecks checks =
        new TableChecks(StudyTables.of(store), (diverged, unit) -> {}, new ModelFiles(store));
    return asked.isEmpty() ? checks.make(List.of(), DefaultChecks.ofImport()) : checks.make(asked);
  }

  /**
   * Draws the report of an imported study.
   *
   * @throws IOException if the tables are not what was written, or the study cannot be written
   */
  public static void write(ImportedStudy imported, ObjectStore store) throws IOException {
    TableReader tables = StudyTables.of(store);
    Report report =
        StudyReport.of(ChartedStudy.of(imported, tables), tables, check(store, List.of()));
    StoredManifest manifest = new StoredManifest(store);
    Optional<TablesManifest> before = manifest.read();
    SortedMap<String, String> files = StudyReport.write(report, store);
    if (before.isPresent()) {
      manifest.write(before.get().withReport(files));
    }
  }

  /**
   * Draws one study beside another, with their difference, as {@value #COMPARISON} of the first.
   *
   * @param store of the first
   * @param study the first
   * @param otherStore of the other
   * @param other the other
   */
  public static void writeComparison(
      ObjectStore store, ChartedStudy study, ObjectStore otherStore, ChartedStudy other)
      throws IOException {
    Report second = StudyReport.of(other, StudyTables.of(otherStore), List.of());
    Report report =
        StudyReport.of(study, StudyTables.of(store), List.of())
            .withAgainst(other.plan().getName(), second);
    store.write(COMPARISON, report.html().getBytes(StandardCharsets.UTF_8));
  }
}
