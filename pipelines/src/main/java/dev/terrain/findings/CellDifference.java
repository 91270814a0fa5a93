package dev.terrain.findings;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two cells differ in by their rows of the table of cells' metrics.
 *
 * @param first settings of one cell
 * @param second settings of the other
 * @param metrics of either, by name
 */
public record CellDifference(String first, String second, List<Pair> metrics) {

  /**
   * A metric of two cells.
   *
   * @param name with its variant in brackets
   * @param first its row of the first cell; null if there is none
   * @param second its row of the second cell; null if there is none
   */
  public record Pair(String name, CellMetric first, CellMetric second) {
    /** Mean of the second minus that of the first; null if either is missing. */
    public Double difference() {
      return first == null || second == null || first.getMean() == null || second.getMean() == null
          ? null
          : Double.valueOf(second.getMean() - first.getMean());
    }
  }

  /** Copies the metrics. */
  public CellDifference {
    metrics = List.copyOf(metrics);
  }

  /** The difference of a cell of one study and a cell of the same or another. */
  public static CellDifference of(
      ChartedStudy study, Cell cell, ChartedStudy otherStudy, Cell otherCell) {
    SortedMap<String, CellMetric> rows = rows(study, cell);
    SortedMap<String, CellMetric> others = rows(otherStudy, otherCell);
    SortedSet<String> names = new TreeSet<>(rows.keySet());
    names.addAll(others.keySet());
    List<Pair> pairs = new ArrayList<>();
    names.forEach(name -> pairs.add(new Pair(name, rows.get(name), others.get(name))));
    return new CellDifference(CellSearch.name(cell), CellSearch.name(otherCell), pairs);
  }

  private static SortedMap<String, CellMetric> rows(ChartedStudy study, Cell cell) {
    SortedMap<String, CellMetric> rows = new TreeMap<>();
    study.metrics().stream()
        .filter(row -> row.getCellId().equals(cell.getCellId()))
        .forEach(row -> rows.put(name(row), row));
    return rows;
  }

  private static String name(CellMetric row) {
    String parameters = Objects.requireNonNullElse(row.getParameters(), "");
    return "%s (%s%s)"
        .formatted(
            row.getMetric(), row.getVariant(), parameters.isEmpty() ? "" : ", " + parameters);
  }
}
