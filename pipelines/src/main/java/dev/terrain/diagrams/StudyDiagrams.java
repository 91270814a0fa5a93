package dev.terrain.diagrams;

import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The phase diagrams of a study as numbers: one for each combination of the further axes, with what
 * the table of cells' metrics knows of each cell.
 *
 * <p>A metric goes by its name in its preferred variant, or the first one that was measured, and by
 * {@code name:variant} in the others. Values of a part of the parameters are left out.
 */
public final class StudyDiagrams {
  private final MetricCatalogue catalogue;
  private final DiagramAxis load;
  private final DiagramAxis temperature;

  /**
   * Diagrams over two axes.
   *
   * @param load its values are widened by those of the cells
   * @param temperature likewise
   */
  public StudyDiagrams(MetricCatalogue catalogue, DiagramAxis load, DiagramAxis temperature) {
    this.catalogue = catalogue;
    this.load = load;
    this.temperature = temperature;
  }

  /** The diagrams in the order of their slices. */
  public List<Diagram> of(Collection<Cell> cells, Collection<CellMetric> metrics) {
    Map<String, Cell> latest = latest(cells);
    Map<String, Map<String, CellValue>> values = values(metrics, latest);
    DiagramAxis columns = widened(load, latest.values(), Cell::getLoadValue);
    DiagramAxis rows = widened(temperature, latest.values(), Cell::getTemperatureValue);
    SortedMap<String, List<Diagram.Entry>> slices = new TreeMap<>(new SliceOrder());
    for (Cell cell : latest.values()) {
      slices
          .computeIfAbsent(slice(cell), name -> new ArrayList<>())
          .add(
              new Diagram.Entry(
                  cell.getCellId(),
                  cell.getLoadValue(),
                  cell.getTemperatureValue(),
                  values.getOrDefault(cell.getCellId(), Map.of())));
    }
    List<Diagram> diagrams = new ArrayList<>();
    slices.forEach((name, entries) -> diagrams.add(Diagram.of(name, columns, rows, entries)));
    return diagrams;
  }

  private static String slice(Cell cell) {
    return Objects.requireNonNullElse(cell.getSlice(), "");
  }

  /** Of two cells of one place the one of the higher revision, by its id. */
  private static Map<String, Cell> latest(Collection<Cell> cells) {
    Map<List<Object>, Cell> places = new HashMap<>();
    for (Cell cell : cells) {
      places.merge(
          List.of(slice(cell), cell.getLoadValue(), cell.getTemperatureValue()),
          cell,
          (one, other) -> one.getRevision() > other.getRevision() ? one : other);
    }
    Map<String, Cell> latest = new TreeMap<>();
    places.values().forEach(cell -> latest.put(cell.getCellId(), cell));
    return latest;
  }

  private Map<String, Map<String, CellValue>> values(
      Collection<CellMetric> metrics, Map<String, Cell> cells) {
    Map<String, Map<String, CellValue>> values = new HashMap<>();
    metrics.stream()
        .filter(row -> row.getParameters() == null && isFinite(row.getMean()))
        .filter(row -> cells.containsKey(row.getCellId()))
        .sorted(Comparator.comparing(CellMetric::getRevision))
        .forEach(
            row ->
                values
                    .computeIfAbsent(row.getCellId(), id -> new HashMap<>())
                    .put(name(row), value(row)));
    values.values().forEach(this::nameOnlyVariants);
    return values;
  }

  /** Where the preferred variant was not measured, another one takes the metric's name. */
  private void nameOnlyVariants(Map<String, CellValue> values) {
    for (String name : new TreeSet<>(values.keySet())) {
      int colon = name.indexOf(':');
      if (colon > 0
          && !values.containsKey(name.substring(0, colon))
          && catalogue.find(name.substring(0, colon), name.substring(colon + 1)).isPresent()) {
        values.put(name.substring(0, colon), values.remove(name));
      }
    }
  }

  private static boolean isFinite(Double value) {
    return value != null && Double.isFinite(value);
  }

  private String name(CellMetric row) {
    return catalogue
        .find(row.getMetric())
        .filter(metric -> metric.variants().get(0).name().equals(row.getVariant()))
        .map(metric -> row.getMetric())
        .orElse(row.getMetric() + ":" + row.getVariant());
  }

  private static CellValue value(CellMetric row) {
    int models = Objects.requireNonNullElse(row.getNModels(), row.getN());
    Double seeds = row.getSeedError();
    Double measurement = row.getMeasurementError();
    Double error =
        seeds == null
            ? null
            : Double.valueOf(Math.hypot(seeds, measurement == null ? 0 : measurement));
    return new CellValue(row.getMean(), Math.max(models, 1), row.getStd(), error);
  }

  private static DiagramAxis widened(
      DiagramAxis axis, Collection<Cell> cells, Function<Cell, Double> value) {
    TreeSet<Double> values = new TreeSet<>(axis.values());
    cells.forEach(cell -> values.add(value.apply(cell)));
    return new DiagramAxis(axis.setting(), List.copyOf(values), axis.rises());
  }
}
