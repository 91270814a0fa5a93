package dev.terrain.imports;

import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.sweep.VisibleText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one metric: reads their numbers, turns them into our unit and holds them against
 * what the mapping says of them. A column whose numbers contradict the mapping is refused; what it
 * may mean instead is for its owner to say.
 */
final class MetricColumn {
  private static final String HINT_SMALL =
      "; 'unit: fraction' says that they are fractions, 'small: true' that they are percent all the"
          + " same";

  /** Share of a range by which rounding may leave it. */
  private static final double ROUNDING = 1e-6;

  private final String grid;
  private final MetricMapping mapping;
  private final Set<String> missing;
  private final int position;
  private final int deviationPosition;
  private final int countPosition;
  private double largest = Double.NaN;

  MetricColumn(String grid, MetricMapping mapping, Set<String> missing, GridColumns columns) {
    this.grid = grid;
    this.mapping = mapping;
    this.missing = missing;
    this.position = columns.position(mapping.column());
    this.deviationPosition = position(mapping.deviation(), columns);
    this.countPosition = position(mapping.countColumn(), columns);
  }

  private static int position(@Nullable ColumnName column, GridColumns columns) {
    return column == null ? -1 : columns.position(column);
  }

  /** The value of a line in our unit; NaN if it is missing. */
  double value(GridLines.Line line) {
    double number = number(line, position, mapping.column());
    if (Double.isNaN(number)) {
      return number;
    }
    double undone = mapping.conversion().undone(number);
    double value = mapping.conversion().value(number);
    if (!Double.isFinite(value)) {
      throw at(line, mapping.column(), GridNumber.text(number) + " is too large to be undone");
    }
    if (mapping.conversion().unit().isFraction() && Math.abs(undone) > 1 + ROUNDING) {
      throw at(
          line,
          mapping.column(),
          GridNumber.text(number)
              + " is no fraction, though the mapping says so ('unit: percent' says that it is"
              + " percent)");
    }
    largest = Double.isNaN(largest) ? Math.abs(undone) : Math.max(largest, Math.abs(undone));
    checkRange(line, number, value);
    return value;
  }

  private void checkRange(GridLines.Line line, double number, double value) {
    Range range = mapping.base().range();
    double slack =
        Double.isFinite(range.max() - range.min()) ? ROUNDING * (range.max() - range.min()) : 0;
    if (value >= range.min() - slack && value <= range.max() + slack) {
      return;
    }
    boolean maybeLogarithm =
        range.min() == 0 && value < 0 && mapping.conversion().scale() == Conversion.Scale.LINEAR;
    throw at(
        line,
        mapping.column(),
        "%s gives %s %s, which lies outside %s%s"
            .formatted(
                GridNumber.text(number),
                mapping.name(),
                GridNumber.text(value),
                range,
                maybeLogarithm ? "; 'scale: ln' says that a column holds logarithms" : ""));
  }

  /** The standard deviation of a line in our unit; NaN if it is missing. */
  double deviation(GridLines.Line line) {
    ColumnName column = mapping.deviation();
    if (column == null) {
      return Double.NaN;
    }
    double number = number(line, deviationPosition, column);
    if (number < 0) {
      throw at(line, column, GridNumber.text(number) + " is no standard deviation: it is negative");
    }
    return mapping.conversion().deviation(number);
  }

  /** How many values that of a line is the mean of; 0 if it is not said. */
  double count(GridLines.Line line) {
    ColumnName column = mapping.countColumn();
    if (column == null) {
      return mapping.count();
    }
    double number = number(line, countPosition, column);
    if (Double.isNaN(number)) {
      return 0;
    }
    if (!(number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number))) {
      throw at(line, column, GridNumber.text(number) + " is no count");
    }
    return number;
  }

  private double number(GridLines.Line line, int place, ColumnName column) {
    return number(grid, line, place, column, missing);
  }

  /** The number of a field; NaN if it is missing. */
  static double number(
      String grid, GridLines.Line line, int place, ColumnName column, Set<String> missing) {
    String field = line.fields().get(place);
    if (missing.contains(field)) {
      return Double.NaN;
    }
    double number = GridNumber.parseDouble(field);
    if (Double.isFinite(number)) {
      return number;
    }
    if (GridNumber.isNotFinite(field)) {
      throw InvalidGridException.at(
          grid,
          line.number(),
          column.name(),
          "'%s' is no finite number; if it means that there is no value, list it under 'missing'"
              .formatted(field));
    }
    throw InvalidGridException.at(
        grid,
        line.number(),
        column.name(),
        (field.isEmpty() ? "is empty" : "'" + VisibleText.of(field) + "' is no number")
            + "; if it means that there is no value, list it under 'missing'");
  }

  private InvalidGridException at(GridLines.Line line, ColumnName column, String problem) {
    return InvalidGridException.at(grid, line.number(), column.name(), problem);
  }

  /**
   * Holds all numbers together against the unit.
   *
   * @throws InvalidGridException if the mapping says percent, and none lies beyond 1
   */
  void check() {
    if (mapping.conversion().unit().isPercent()
        && !mapping.small()
        && largest > 0
        && largest <= 1) {
      throw InvalidGridException.of(
          grid,
          "column %s: no value lies beyond 1, though the mapping says %s"
                  .formatted(mapping.column().name(), mapping.conversion().unit().word())
              + HINT_SMALL);
    }
  }

  /** Whether any line had a value. */
  boolean hasValues() {
    return !Double.isNaN(largest);
  }
}
