package dev.terrain.cli;

import dev.terrain.v1.Cell;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A metric of a cell, summarised over its models or pairs.
 *
 * @param name the metric
 * @param mean its mean; null if none was measured
 * @param deviation its standard deviation; null if fewer than two were measured
 * @param error standard error that the measurement gives the mean; null if it is not known
 * @param n models or pairs of the mean; null if the table does not tell
 */
record MetricSummary(String name, Double mean, Double deviation, Double error, Number n) {
  private static final String MEAN = "_mean";

  /** All metrics of a cell, in the order of the table's columns. */
  static List<MetricSummary> all(Cell cell) {
    return cell.getSchema().getFields().stream()
        .map(Schema.Field::name)
        .filter(column -> column.endsWith(MEAN))
        .map(column -> of(cell, column.substring(0, column.length() - MEAN.length())))
        .toList();
  }

  /** One of them. */
  static MetricSummary of(Cell cell, String name) {
    return new MetricSummary(
        name,
        value(cell, name + MEAN) instanceof Double mean ? mean : null,
        value(cell, name + "_std") instanceof Double deviation ? deviation : null,
        value(cell, name + "_error") instanceof Double error ? error : null,
        value(cell, "n_" + name) instanceof Number n ? n : null);
  }

  /** What a row has in a column; null if there is no such column, or nothing in it. */
  private static Object value(Cell cell, String column) {
    Schema.Field field = cell.getSchema().getField(column);
    return field == null ? null : cell.get(field.pos());
  }

  /** The mean with what is known of its errors: {@code 0.5108, sd 0.012, error 0.001}. */
  String text() {
    if (mean == null) {
      return "-";
    }
    return "%.6g".formatted(mean)
        + (deviation == null ? "" : ", sd %.2g".formatted(deviation))
        + (error == null ? "" : ", error %.2g".formatted(error))
        + (n == null ? "" : ", of " + n);
  }
}
