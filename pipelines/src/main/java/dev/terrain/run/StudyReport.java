package dev.terrain.run;

import dev.terrain.findings.ChartedStudy;
import dev.terrain.findings.ReportFindings;
import dev.terrain.findings.StudyFindings;
import dev.terrain.report.Origin;
import dev.terrain.report.Report;
import dev.terrain.report.SpectrumChoice;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.FailureNames;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws the report of a study's tables, and writes it and each of its figures as SVG. */
final class StudyReport {
  /** What the names of the figures begin with. */
  static final String FIGURES = "figures/";

  private static final String SUGGEST = "terrain suggest --cells 10 --save FILE --out STUDY";

  private StudyReport() {}

  /** The report of a study. */
  static Report of(ChartedStudy study, TableReader tables, List<CheckResult> checks)
      throws IOException {
    List<Model> models = tables.read(Model.class);
    List<Failure> failures = tables.read(Failure.class);
    StudyFindings findings = study.findings();
    List<Cell> cells = study.cells(findings);
    SpectrumChoice spectra = SpectrumChoice.of(cells, models);
    tables.forEach(Table.SPECTRA, row -> spectra.offer((Spectrum) row));
    Report report =
        Report.of(study.plan(findings), cells, models, failures, checks, Instant.now())
            .withMetrics(study.metrics())
            .withSpectra(spectra)
            .withFindings(
                ReportFindings.of(study, findings, study.origin().isPresent() ? null : SUGGEST));
    return study.origin().isPresent()
        ? report.withOrigin(origin(study.origin().get()))
        : report.withFailureNames(FailureNames.of(study.plan(), failures)::of);
  }

  private static Origin origin(ImportedStudy imported) {
    String read =
        "%s, SHA-256 %s, %d rows, each a %s"
            .formatted(imported.file(), imported.sha256(), imported.rows(), imported.row());
    return new Origin(
        imported.source().isEmpty() ? read : imported.source() + " (" + read + ")",
        imported.conversions(),
        imported.notes(),
        imported.loadRises(),
        imported.temperatureRises());
  }

  /** Writes the files of a report, and tells their SHA-256. */
  static SortedMap<String, String> write(Report report, ObjectStore store) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    write(store, StoredManifest.REPORT, report.html(), files);
    for (Map.Entry<String, String> figure : report.figures().entrySet()) {
      write(store, FIGURES + figure.getKey() + ".svg", figure.getValue(), files);
    }
    return files;
  }

  private static void write(
      ObjectStore store, String name, String text, SortedMap<String, String> files)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    store.write(name, bytes);
    files.put(name, TablesManifest.sha256(bytes));
  }
}
