package dev.terrain.imports;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.terrain.sweep.VisibleText;
import dev.terrain.v1.Axis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An axis with the values that a grid has on it. */
final class GridAxis {
  private final String grid;
  private final AxisMapping mapping;
  private final int position;
  private final Map<String, Point> byField = new HashMap<>();
  private final Map<String, Point> byText = new LinkedHashMap<>();

  /**
   * A value.
   *
   * @param number the value; 0 if it is a text
   * @param text as people read it
   */
  record Point(double number, String text) {}

  GridAxis(String grid, AxisMapping mapping, GridColumns columns) {
    this.grid = grid;
    this.mapping = mapping;
    this.position = columns.position(mapping.column());
  }

  AxisMapping mapping() {
    return mapping;
  }

  /**
   * The value of a line.
   *
   * @throws InvalidGridException if it is missing, or no number where one belongs
   */
  Point of(GridLines.Line line) {
    String field = line.fields().get(position);
    Point known = byField.get(field);
    if (known != null) {
      return known;
    }
    Point read = read(field, line.number());
    Point same = byText.putIfAbsent(read.text(), read);
    Point point = same == null ? read : same;
    byField.put(field, point);
    return point;
  }

  private Point read(String field, long line) {
    String column = mapping.column().name();
    if (field.isEmpty()) {
      throw InvalidGridException.at(
          grid, line, column, "is empty; every row needs its " + mapping.setting());
    }
    if (mapping.isText()) {
      return new Point(0, field);
    }
    double number =
        GridNumber.parse(field)
            .map(exact -> exact.multiply(mapping.times()).doubleValue() + 0.0)
            .filter(Double::isFinite)
            .orElseThrow(
                () ->
                    InvalidGridException.at(
                        grid,
                        line,
                        column,
                        "'%s' is no number, which the axis %s needs"
                            .formatted(VisibleText.of(field), mapping.setting())));
    return new Point(number, GridNumber.text(number));
  }

  /** Number of different values. */
  int size() {
    return byText.size();
  }

  /** The values: numbers ascending, texts as they came. */
  List<Point> points() {
    List<Point> points = new ArrayList<>(byText.values());
    points.sort(Comparator.comparingDouble(Point::number));
    return points;
  }

  /** The axis as a sweep has it. */
  Axis axis() {
    return new Axis(
        mapping.setting(),
        points().stream()
            .map(
                point ->
                    mapping.isText() ? TextNode.valueOf(point.text()).toString() : point.text())
            .toList());
  }
}
