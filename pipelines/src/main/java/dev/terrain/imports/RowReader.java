package dev.terrain.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns the lines of a grid into rows, as a mapping says. */
final class RowReader {
  private final String grid;
  private final Mapping mapping;
  private final GridColumns columns;
  private final GridAxis load;
  private final GridAxis temperature;
  private final List<GridAxis> others = new ArrayList<>();
  private final List<MetricColumn> metrics = new ArrayList<>();
  private final Map<String, String> slices = new HashMap<>();
  private final RowFilter filter;

  RowReader(String grid, Mapping mapping, GridColumns columns) {
    this.grid = grid;
    this.mapping = mapping;
    this.columns = columns;
    this.load = new GridAxis(grid, mapping.load(), columns);
    this.temperature = new GridAxis(grid, mapping.temperature(), columns);
    mapping.others().forEach(axis -> others.add(new GridAxis(grid, axis, columns)));
    mapping
        .metrics()
        .forEach(metric -> metrics.add(new MetricColumn(grid, metric, mapping.missing(), columns)));
    this.filter = new RowFilter(mapping.where(), columns);
  }

  /**
   * The row of a line; empty if the mapping leaves it out.
   *
   * @throws InvalidGridException if a field is not what the mapping says; the message names it
   */
  Optional<GridRow> read(GridLines.Line line) {
    if (!filter.keeps(line)) {
      return Optional.empty();
    }
    int n = metrics.size();
    double[] values = new double[n];
    double[] deviations = new double[n];
    double[] counts = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = metrics.get(i).value(line);
      deviations[i] = metrics.get(i).deviation(line);
      counts[i] = metrics.get(i).count(line);
    }
    EpochChoice choice = mapping.epoch();
    double epoch = choice == null ? 0 : epoch(line, choice);
    return Optional.of(
        new GridRow(
            line.number(),
            place(line),
            run(line),
            epoch,
            choice == null ? 0 : rank(line, choice, epoch),
            values,
            deviations,
            counts));
  }

  private Place place(GridLines.Line line) {
    String slice =
        others.stream()
            .map(axis -> axis.mapping().setting() + "=" + axis.of(line).text())
            .collect(Collectors.joining(", "));
    return new Place(
        load.of(line).number(),
        temperature.of(line).number(),
        slices.computeIfAbsent(slice, same -> same));
  }

  private List<String> run(GridLines.Line line) {
    List<String> run = new ArrayList<>(mapping.run().size());
    for (ColumnName column : mapping.run()) {
      String field = line.fields().get(columns.position(column));
      if (field.isEmpty()) {
        throw InvalidGridException.at(
            grid, line.number(), column.name(), "is empty, but tells the runs of a cell apart");
      }
      run.add(field);
    }
    return List.copyOf(run);
  }

  private double epoch(GridLines.Line line, EpochChoice choice) {
    double epoch =
        MetricColumn.number(
            grid, line, columns.position(choice.epoch()), choice.epoch(), mapping.missing());
    if (Double.isNaN(epoch)) {
      throw InvalidGridException.at(
          grid, line.number(), choice.epoch().name(), "is missing; every row needs its epoch");
    }
    return epoch;
  }

  private double rank(GridLines.Line line, EpochChoice choice, double epoch) {
    ColumnName by = choice.by();
    if (by == null) {
      return epoch;
    }
    double number = MetricColumn.number(grid, line, columns.position(by), by, mapping.missing());
    return choice.highest() ? number : 0 - number;
  }

  GridAxis load() {
    return load;
  }

  GridAxis temperature() {
    return temperature;
  }

  List<GridAxis> others() {
    return others;
  }

  List<MetricColumn> metrics() {
    return metrics;
  }

  RowFilter filter() {
    return filter;
  }
}
