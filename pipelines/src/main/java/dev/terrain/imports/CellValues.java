package dev.terrain.imports;

import dev.terrain.taxonomy.MeanAndDeviation;
import dev.terrain.v1.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one value of a metric out of the rows of a cell.
 *
 * <p>Where rows are runs, the value is the mean over the runs that have one. Tables of runs often
 * repeat in each run what was measured once a cell: a metric whose values agree in all runs of
 * every cell, but not in all cells, is such a one, and counts once.
 */
final class CellValues {
  private final Mapping mapping;
  private final List<List<GridRow>> cells;
  private final List<Boolean> repeated;

  /**
   * @param cells the rows of each cell
   */
  CellValues(Mapping mapping, List<List<GridRow>> cells) {
    this.mapping = mapping;
    this.cells = cells;
    this.repeated =
        IntStream.range(0, mapping.metrics().size())
            .mapToObj(metric -> mapping.row() != RowKind.CELL && isRepeated(metric, cells))
            .toList();
  }

  private static boolean isRepeated(int metric, List<List<GridRow>> cells) {
    boolean several = false;
    Set<Double> different = new HashSet<>();
    for (List<GridRow> rows : cells) {
      Set<Double> ofCell = new HashSet<>();
      int n = 0;
      for (GridRow row : rows) {
        if (row.has(metric)) {
          ofCell.add(row.value(metric));
          n++;
        }
      }
      if (ofCell.size() > 1) {
        return false;
      }
      several |= n > 1;
      if (different.size() < 2) {
        different.addAll(ofCell);
      }
    }
    return several && different.size() > 1;
  }

  /** The metrics that the grid gives once a cell and repeats, in sentences. */
  List<String> repetitions() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < repeated.size(); i++) {
      if (repeated.get(i)) {
        MetricMapping metric = mapping.metrics().get(i);
        sentences.add(
            "%s: column %s has one value for all runs of a cell; it is counted once"
                .formatted(metric.name(), metric.column().name()));
      }
    }
    return sentences;
  }

  /** The metrics that rows which count lack, in sentences. */
  List<String> gaps() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < repeated.size(); i++) {
      int metric = i;
      long rows = cells.stream().mapToLong(List::size).sum();
      long without = cells.stream().flatMap(List::stream).filter(row -> !row.has(metric)).count();
      if (without > 0) {
        sentences.add(
            "%s: no value in %d of %d rows (column %s)"
                .formatted(
                    mapping.metrics().get(i).name(),
                    without,
                    rows,
                    mapping.metrics().get(i).column().name()));
      }
    }
    return sentences;
  }

  /** The value of a metric in a cell of some rows. */
  ValueOfCell of(int metric, List<GridRow> rows) {
    return mapping.row() == RowKind.CELL ? given(metric, rows.get(0)) : computed(metric, rows);
  }

  /** Runs of a cell of some rows. */
  int runs(List<GridRow> rows) {
    if (mapping.row() != RowKind.CELL) {
      return rows.size();
    }
    GridRow row = rows.get(0);
    int most = Math.max(1, mapping.runsPerCell());
    for (int i = 0; i < mapping.metrics().size(); i++) {
      if (mapping.metrics().get(i).subject() == Subject.MODEL) {
        most = Math.max(most, (int) row.count(i));
      }
    }
    return most;
  }

  private ValueOfCell given(int metric, GridRow row) {
    int n = Math.max(1, (int) row.count(metric));
    if (!row.has(metric)) {
      return ValueOfCell.none(n, "missing in line " + row.line() + " of the grid");
    }
    double deviation = row.deviation(metric);
    boolean known = n > 1 && !Double.isNaN(deviation);
    boolean ofModels = mapping.metrics().get(metric).subject() == Subject.MODEL;
    return new ValueOfCell(
        n,
        ofModels ? Integer.valueOf(n) : modelsOfPairs(n),
        0,
        row.value(metric),
        known ? Double.valueOf(deviation) : null,
        ofModels,
        known ? null : "the grid gives no standard deviation of " + (n > 1 ? n + " values" : "it"));
  }

  /** The models of some pairs: of one, or of all of a cell's runs; else nobody knows. */
  private @Nullable Integer modelsOfPairs(int pairs) {
    int runs = mapping.runsPerCell();
    if (pairs == runs * (runs - 1) / 2) {
      return runs;
    }
    return pairs == 1 ? 2 : null;
  }

  private ValueOfCell computed(int metric, List<GridRow> rows) {
    double[] values =
        rows.stream()
            .filter(row -> row.has(metric))
            .mapToDouble(row -> row.value(metric))
            .toArray();
    int without = rows.size() - values.length;
    if (values.length == 0) {
      return ValueOfCell.none(
          repeated.get(metric) ? 1 : without,
          "missing in all %d rows of the cell, line %d of the grid the first"
              .formatted(rows.size(), rows.get(0).line()));
    }
    if (repeated.get(metric)) {
      return new ValueOfCell(
          1, null, 0, values[0], null, false, "measured once, repeated in each run's row");
    }
    MeanAndDeviation summary = MeanAndDeviation.of(values);
    return new ValueOfCell(
        summary.n(),
        summary.n(),
        without,
        summary.mean(),
        summary.deviation(),
        true,
        summary.n() > 1 ? null : "a single value has no standard deviation");
  }
}
