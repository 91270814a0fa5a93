package dev.terrain.report;

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
 * The phase diagrams of a study: for each slice, heat maps over load (columns, high load at the
 * left) and temperature (rows, hot at the top) of the phase and of each metric, the headlines
 * first, as in Yang et al., Taxonomizing local versus global structure in neural network loss
 * landscapes (NeurIPS 2021), section 3.
 *
 * <p>A cell that is planned but has no row is shown as not measured, never interpolated. Colour
 * limits are the extremes of the data over all slices; those of mode connectivity are symmetric
 * about 0.
 */
public final class Report {

  /** Figures that a page has at most beside the headlines, so that a browser still opens it. */
  private static final int FURTHER_FIGURES = 120;

  private final Sweep plan;
  private final List<Cell> cells;
  private final List<Model> models;
  private final List<Failure> failures;
  private final List<CheckResult> checks;
  private final Instant generatedAt;
  private final CellValues values;
  private final Panels panels;
  private final List<Slice> slices;
  private final SpectrumChoice spectra;
  private final Function<Failure, Optional<String>> names;

  private Report(
      Sweep plan,
      List<Cell> cells,
      CellValues values,
      List<Model> models,
      List<Failure> failures,
      List<CheckResult> checks,
      Instant generatedAt,
      SpectrumChoice spectra,
      Function<Failure, Optional<String>> names) {
    this.plan = plan;
    this.cells = List.copyOf(cells);
    this.models = List.copyOf(models);
    this.failures = List.copyOf(failures);
    this.checks = List.copyOf(checks);
    this.generatedAt = generatedAt;
    this.values = values;
    Map<String, Grid> grids = grids(plan, this.cells);
    this.panels = new Panels(List.copyOf(grids.values()), plan.getSeeds().size(), values);
    this.slices = slices(grids, panels);
    this.spectra = spectra;
    this.names = names;
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
    return new Report(
        plan,
        cells,
        new CellValues(MetricCatalogue.standard(), cells, List.of()),
        models,
        failures,
        checks,
        generatedAt,
        SpectrumChoice.none(),
        failure -> Optional.empty());
  }

  /**
   * The same report with all metrics of the cells. Default: those that the rows of the cells tell.
   *
   * @param rows of the table of cells' metrics, in any order; of two rows of one thing the one with
   *     the higher revision is shown
   */
  public Report withMetrics(List<CellMetric> rows) {
    return new Report(
        plan,
        cells,
        new CellValues(MetricCatalogue.standard(), cells, rows),
        models,
        failures,
        checks,
        generatedAt,
        spectra,
        names);
  }

  /** The same report with spectra. */
  public Report withSpectra(SpectrumChoice chosen) {
    return new Report(plan, cells, values, models, failures, checks, generatedAt, chosen, names);
  }

  /**
   * The same report with what people call the units that failed; where there is no name, the ids
   * are shown.
   */
  public Report withFailureNames(Function<Failure, Optional<String>> given) {
    return new Report(plan, cells, values, models, failures, checks, generatedAt, spectra, given);
  }

  /** The page: one document in UTF-8 that loads nothing from anywhere. */
  public String html() {
    return ReportPage.render(
        plan, cells, values, panels, models, failures, checks, generatedAt, slices, spectra, names);
  }

  /** Each chart as a stand-alone SVG document, by a name that is fit for a file. */
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    for (Slice slice : slices) {
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

  private static Map<String, Grid> grids(Sweep plan, List<Cell> cells) {
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
    bySlice.forEach((name, slice) -> grids.put(name, Grid.of(plan, slice)));
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
