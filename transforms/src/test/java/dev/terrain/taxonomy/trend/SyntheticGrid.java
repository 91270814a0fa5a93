package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Grids whose metrics are given functions of column and row; widths and batch sizes double. */
public final class SyntheticGrid {
  private final int columns;
  private final int rows;
  private final Map<String, Metric> metrics = new TreeMap<>();
  private final Map<String, Double> errors = new HashMap<>();
  private DiagramAxis load;
  private DiagramAxis temperature;

  /** A metric of a cell. */
  public interface Metric {
    /** Its mean; NaN if it was not measured. */
    double of(int column, int row);
  }

  /** A grid of width 2, 4, … and batch size 16, 32, …. */
  public SyntheticGrid(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    load = new DiagramAxis("width", doubling(2, columns), false);
    temperature = new DiagramAxis("batch_size", doubling(16, rows), false);
  }

  private static List<Double> doubling(double first, int size) {
    return IntStream.range(0, size).mapToObj(i -> Math.scalb(first, i)).toList();
  }

  /** Gives a metric. */
  public SyntheticGrid with(String name, Metric metric) {
    metrics.put(name, metric);
    return this;
  }

  /** Takes a metric away. */
  public SyntheticGrid without(String name) {
    metrics.remove(name);
    return this;
  }

  /** Gives the standard error of a metric, of 1,000 models. */
  public SyntheticGrid withError(String name, double error) {
    errors.put(name, error);
    return this;
  }

  /** Another load axis. */
  public SyntheticGrid withLoad(DiagramAxis axis) {
    load = axis;
    return this;
  }

  /** Another temperature axis. */
  public SyntheticGrid withTemperature(DiagramAxis axis) {
    temperature = axis;
    return this;
  }

  /** The grid, sorted into phases by the default thresholds. */
  public PhasedDiagram phased(String name) {
    return new PhasedDiagram(diagram(name), TaxonomySettings.newBuilder().build());
  }

  /** The grid; cells are called by its name, column and row. */
  public Diagram diagram(String name) {
    List<Diagram.Entry> entries = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        entries.add(
            new Diagram.Entry(
                "%s(%d,%d)".formatted(name, column, row),
                load.values().get(column),
                temperature.values().get(row),
                values(column, row)));
      }
    }
    return Diagram.of(name, load, temperature, entries);
  }

  private Map<String, CellValue> values(int column, int row) {
    Map<String, CellValue> values = new HashMap<>();
    metrics.forEach(
        (name, metric) -> {
          double mean = metric.of(column, row);
          Double error = errors.get(name);
          if (!Double.isNaN(mean)) {
            values.put(
                name,
                error == null
                    ? CellValue.of(mean)
                    : new CellValue(mean, 1000, error * Math.sqrt(1000), error));
          }
        });
    return values;
  }
}
