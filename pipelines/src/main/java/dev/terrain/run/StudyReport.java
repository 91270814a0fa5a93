package dev.terrain.run;

import dev.terrain.report.Report;
import dev.terrain.report.SpectrumChoice;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.FailureNames;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws the report of a sweep and each of its figures as SVG into a study. */
final class StudyReport {
  /** What the names of the figures begin with. */
  static final String FIGURES = "figures/";

  private final Sweep sweep;
  private final ObjectStore store;

  StudyReport(Sweep sweep, ObjectStore store) {
    this.sweep = sweep;
    this.store = store;
  }

  /** Writes the files of the report, and tells their SHA-256. */
  SortedMap<String, String> write(TableReader tables, List<CheckResult> checks) throws IOException {
    List<Cell> cells = tables.read(Cell.class);
    List<Model> models = tables.read(Model.class);
    List<Failure> failures = tables.read(Failure.class);
    SpectrumChoice spectra = SpectrumChoice.of(cells, models);
    tables.forEach(Table.SPECTRA, row -> spectra.offer((Spectrum) row));
    Report report =
        Report.of(sweep, cells, models, failures, checks, Instant.now())
            .withMetrics(tables.read(CellMetric.class))
            .withSpectra(spectra)
            .withFailureNames(FailureNames.of(sweep, failures)::of);
    SortedMap<String, String> files = new TreeMap<>();
    write(StoredManifest.REPORT, report.html(), files);
    for (Map.Entry<String, String> figure : report.figures().entrySet()) {
      write(FIGURES + figure.getKey() + ".svg", figure.getValue(), files);
    }
    return files;
  }

  private void write(String name, String text, SortedMap<String, String> files) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    store.write(name, bytes);
    files.put(name, TablesManifest.sha256(bytes));
  }
}
