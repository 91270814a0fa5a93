package dev.terrain.report;

import dev.terrain.diagrams.SliceOrder;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The phase diagrams of a study, as one interactive page and as files: for each slice, heat maps
 * over load (columns, high load at the left) and temperature (rows, hot at the top) of the phase
 * and of each metric, the headlines first, as in Yang et al., Taxonomizing local versus global
 * structure in neural network loss landscapes (NeurIPS 2021), section 3.
 *
 * <p>A cell that is planned but has no row is shown as not measured, never interpolated. Colour
 * limits are the extremes of the data over all slices; those of mode connectivity are symmetric
 * about 0.
 */
public final class Report {

  /** Files of figures beside the headlines at most; the page has the others on demand. */
  private static final int FURTHER_FIGURES = 120;

  /** A study that is held beside this one. */
  record Other(String title, Report report) {}

  private final Sweep plan;
  private final List<Cell> cells;
  private final List<Model> models;
  private final List<Failure> failures;
  private final List<CheckResult> checks;
  private final Instant generatedAt;
  private CellValues values;
  private SpectrumChoice spectra = SpectrumChoice.none();
  private Function<Failure, Optional<String>> names = failure -> Optional.empty();
  private Findings findings = Findings.NONE;
  private Optional<Origin> origin = Optional.empty();
  private Optional<Other> against = Optional.empty();

  private Report(
      Sweep plan,
      List<Cell> cells,
      List<Model> models,
      List<Failure> failures,
      List<CheckResult> checks,
      Instant generatedAt) {
    this.plan = plan;
    this.cells = List.copyOf(cells);
    this.models = List.copyOf(models);
    this.failures = List.copyOf(failures);
    this.checks = List.copyOf(checks);
    this.generatedAt = generatedAt;
    this.values = new CellValues(MetricCatalogue.standard(), this.cells, List.of());
  }

  private Report(Report like) {
    this.plan = like.plan;
    this.cells = like.cells;
    this.models = like.models;
    this.failures = like.failures;
    this.checks = like.checks;
    this.generatedAt = like.generatedAt;
    this.values = like.values;
    this.spectra = like.spectra;
    this.names = like.names;
    this.findings = like.findings;
    this.origin = like.origin;
    this.against = like.against;
  }

  /**
   * The report of a study.
   *
   * @param plan the resolved sweep: axes, seeds, thresholds
   * @param cells rows of the table of cells, in any order; of two rows of one place in the grid the
   *     one with the higher revision is shown
   * @param models rows of the table of models
   * @param failures rows of the table of failures
   * @param checks what came out of the checks of the tables
   * @param generatedAt what the page names as its time
   */
  public static Report of(
      Sweep plan,
      List<Cell> cells,
      List<Model> models,
      List<Failure> failures,
      List<CheckResult> checks,
      Instant generatedAt) {
    return new Report(plan, cells, models, failures, checks, generatedAt);
  }

  /**
   * The same report with all metrics of the cells. Default: those that the rows of the cells tell.
   *
   * @param rows of the table of cells' metrics, in any order; of two rows of one thing the one with
   *     the higher revision is shown
   */
  public Report withMetrics(List<CellMetric> rows) {
    Report report = new Report(this);
    report.values = new CellValues(MetricCatalogue.standard(), cells, rows);
    return report;
  }

  /** The same report with spectra. */
  public Report withSpectra(SpectrumChoice chosen) {
    Report report = new Report(this);
    report.spectra = chosen;
    return report;
  }

  /**
   * The same report with what people call the units that failed; where there is no name, the ids
   * are shown.
   */
  public Report withFailureNames(Function<Failure, Optional<String>> given) {
    Report report = new Report(this);
    report.names = given;
    return report;
  }

  /** The same report with what has been found out beyond the tables. Default: nothing. */
  public Report withFindings(Findings found) {
    Report report = new Report(this);
    report.findings = found;
    return report;
  }

  /**
   * The same report of a grid that was imported: its source and conversions stand where the
   * provenance and the settings of the models stand otherwise.
   */
  public Report withOrigin(Origin imported) {
    Report report = new Report(this);
    report.origin = Optional.of(imported);
    return report;
  }

  /**
   * The same report with another study beside this one, cell by cell, and their difference.
   *
   * @param title what the page calls the other study
   * @param other of which the cells, metrics and findings of the diagrams are shown
   */
  public Report withAgainst(String title, Report other) {
    Report report = new Report(this);
    report.against = Optional.of(new Other(title, other));
    return report;
  }

  Sweep plan() {
    return plan;
  }

  /** The rows of the table of cells, earlier revisions among them. */
  List<Cell> cells() {
    return cells;
  }

  CellValues values() {
    return values;
  }

  List<Model> models() {
    return models;
  }

  List<Failure> failures() {
    return failures;
  }

  List<CheckResult> checks() {
    return checks;
  }

  Instant generatedAt() {
    return generatedAt;
  }

  SpectrumChoice spectra() {
    return spectra;
  }

  /** What people call a unit that failed. */
  Optional<String> name(Failure failure) {
    return names.apply(failure);
  }

  Findings findings() {
    return findings;
  }

  Directions directions() {
    return origin.map(Origin::directions).orElseGet(() -> Directions.of(plan));
  }

  Optional<Origin> origin() {
    return origin;
  }

  Optional<Other> against() {
    return against;
  }

  /** The grid of each slice, in the order of the slices; at least one. */
  Map<String, Grid> grids() {
    return grids(plan, cells, directions());
  }

  /**
   * The page: one document in UTF-8 that loads nothing from anywhere, with the library that draws
   * its charts (1 MB) inside of it.
   */
  public String html() {
    return ReportPage.render(this);
  }

  /** Each chart as a stand-alone SVG document, by a name that is fit for a file. */
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    Map<String, Grid> grids = grids();
    Panels panels = new Panels(List.copyOf(grids.values()), plan.getSeeds().size(), values);
    for (Slice slice : slices(grids, panels)) {
      slice.figures().forEach(figure -> figures.put(figure.name(), figure.svg()));
    }
    return figures;
  }

  /**
   * Writes the page, first under a temporary name: no reader sees half of it.
   *
   * @throws IOException if the folder is missing or cannot be written
   */
  public void write(Path file) throws IOException {
    String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
    Path temporary = file.resolveSibling(name);
    try {
      Files.writeString(temporary, html());
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Map<String, Grid> grids(Sweep plan, List<Cell> cells, Directions directions) {
    Map<String, List<Cell>> bySlice =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.getSlice() == null ? "" : cell.getSlice(),
                    () -> new TreeMap<>(new SliceOrder()),
                    Collectors.toList()));
    if (bySlice.isEmpty()) {
      bySlice.put("", List.of());
    }
    Map<String, Grid> grids = new LinkedHashMap<>();
    bySlice.forEach((name, slice) -> grids.put(name, Grid.of(plan, slice, directions)));
    return grids;
  }

  private static List<Slice> slices(Map<String, Grid> grids, Panels panels) {
    int further = Math.max(FURTHER_FIGURES / grids.size(), 1);
    List<Slice> slices = new ArrayList<>();
    grids.forEach(
        (name, grid) -> {
          String prefix =
              grids.size() == 1 ? "" : "slice-" + (slices.size() + 1) + "-" + slug(name);
          slices.add(Slice.of(name, prefix, grid, panels, further));
        });
    return slices;
  }

  private static String slug(String slice) {
    String slug = slice.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    return slug.length() > 60 ? slug.substring(0, 60) + "-" : slug + "-";
  }
}
