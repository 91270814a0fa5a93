package dev.terrain.report;

import dev.terrain.report.Tile.Mark;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The heat maps of a study. A metric's colour limits come from all of its slices, so that the
 * diagrams of two slices can be compared.
 */
final class Panels {

  private final String seeds;
  private final CellValues values;
  private final Map<Metric, ColourScale> scales = new LinkedHashMap<>();

  /** Panels of slices whose cells have at most so many seeds. */
  Panels(List<Grid> slices, int seeds, CellValues values) {
    this.seeds = seeds + (seeds == 1 ? " seed" : " seeds");
    this.values = values;
    for (Metric metric : values.metrics()) {
      List<Double> charted =
          slices.stream()
              .flatMap(grid -> grid.measured().stream())
              .flatMap(cell -> values.of(cell, metric).stream())
              .flatMap(row -> metric.charted(row).stream())
              .toList();
      if (!charted.isEmpty()) {
        scales.put(metric, metric.scale(charted));
      }
    }
  }

  /** The headline metrics that can be charted anywhere, in their order. */
  List<Metric> headlines() {
    return scales.keySet().stream().filter(Metric::isHeadline).toList();
  }

  /** All others. */
  List<Metric> furtherMetrics() {
    return scales.keySet().stream().filter(metric -> !metric.isHeadline()).toList();
  }

  /** The phases of a slice with their confidence. */
  HeatMap phases(String slice, Grid grid) {
    Map<Phase, Long> counts =
        grid.measured().stream()
            .flatMap(cell -> Phase.of(cell.getPhase()).stream())
            .collect(Collectors.groupingBy(phase -> phase, Collectors.counting()));
    return heatMap(
        grid,
        title("Phases", slice),
        "of the mean over "
            + seeds
            + "; percentage: share of resampled seeds that agree, as far as so many can tell",
        Panels::phase,
        new PhaseKey(counts),
        true);
  }

  /** One metric of a slice. */
  HeatMap metric(String slice, Grid grid, Metric metric) {
    ColourScale scale = Objects.requireNonNull(scales.get(metric));
    return heatMap(
        grid,
        title(metric.title(), slice),
        metric.unit().isEmpty() ? seeds : metric.unit() + " \u00b7 " + seeds,
        (where, cell) -> metric(where, cell, metric, scale),
        new ColourBar(scale, Decimal::plain),
        false);
  }

  private static String title(String what, String slice) {
    return slice.isEmpty() ? what : what + " \u00b7 " + slice;
  }

  private static HeatMap heatMap(
      Grid grid,
      String title,
      String subtitle,
      BiFunction<String, Cell, Tile> tile,
      Key key,
      boolean large) {
    List<List<Tile>> tiles =
        IntStream.range(0, grid.rows())
            .mapToObj(
                row ->
                    IntStream.range(0, grid.columns())
                        .mapToObj(column -> tile(grid, column, row, tile))
                        .toList())
            .toList();
    return new HeatMap(
        title, subtitle, grid.load(), grid.temperature(), tiles, Border.of(grid), key, large);
  }

  private static Tile tile(
      Grid grid, int column, int row, BiFunction<String, Cell, Tile> measured) {
    String where = grid.where(column, row);
    return grid.cell(column, row)
        .map(cell -> measured.apply(where, cell))
        .orElseGet(() -> Tile.empty(Mark.NOT_MEASURED, Tooltip.notMeasured(where)));
  }

  private static Tile phase(String where, Cell cell) {
    String tooltip = Tooltip.phase(where, cell);
    Optional<Phase> phase = Phase.of(cell.getPhase());
    if (Grid.diverged(cell)) {
      return Tile.empty(Mark.DIVERGED, tooltip);
    }
    if (phase.isEmpty()) {
      return Tile.empty(Mark.NO_PHASE, tooltip);
    }
    Double confidence = cell.getPhaseConfidence();
    Colour fill = phase.get().colour(confidence == null ? 0 : confidence);
    String detail = confidence == null ? "unsure" : Decimal.fixed(100 * confidence, 0) + "%";
    return new Tile(fill, mark(cell), phase.get().label(), detail, tooltip);
  }

  private Tile metric(String where, Cell cell, Metric metric, ColourScale scale) {
    Optional<CellMetric> row = values.of(cell, metric);
    String tooltip = Tooltip.metric(where, cell, metric, row);
    if (Grid.diverged(cell)) {
      return Tile.empty(Mark.DIVERGED, tooltip);
    }
    if (row.flatMap(summary -> Metric.finite(summary.getMean())).isEmpty()) {
      return Tile.empty(Mark.NOT_MEASURED, tooltip);
    }
    return row.flatMap(metric::charted)
        .map(v -> new Tile(scale.colour(v), mark(cell), metric.label(v), "", tooltip))
        .orElseGet(() -> Tile.empty(Mark.NO_LOGARITHM, tooltip));
  }

  private static Mark mark(Cell cell) {
    return cell.getNDiverged() > 0 ? Mark.SOME_DIVERGED : Mark.NONE;
  }
}
