package dev.terrain.taxonomy.neighbour;

import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric as it is compared between cells.
 *
 * @param metric name of its column
 * @param isLogarithm whether its natural logarithm is compared
 * @param least departures below this are not worth a report, however small the usual ones are
 */
record CheckedMetric(String metric, boolean isLogarithm, double least) {
  /** A factor of 1.5 in quantities that are compared by their logarithm. */
  private static final double FACTOR = Math.log(1.5);

  static final List<CheckedMetric> ALL =
      List.of(
          new CheckedMetric("cka", false, 0.05),
          new CheckedMetric("mode_connectivity", false, 1),
          new CheckedMetric("hessian_trace", true, FACTOR),
          new CheckedMetric("train_loss", true, FACTOR),
          new CheckedMetric("test_accuracy", false, 1));

  String label() {
    return isLogarithm ? "ln " + metric : metric;
  }

  /** The value that is compared; null if there is none, or no logarithm. */
  @Nullable Double value(DiagramCell cell) {
    Double mean = cell.mean(metric);
    if (mean == null || !isLogarithm) {
      return mean;
    }
    return mean > 0 ? Double.valueOf(Math.log(mean)) : null;
  }

  /** The standard error of that value, 0 if it is not known. */
  double error(DiagramCell cell) {
    CellValue value = cell.value(metric).orElse(null);
    Double error = value == null ? null : value.error();
    if (value == null || error == null) {
      return 0;
    }
    return isLogarithm ? error / Math.abs(value.mean()) : error;
  }
}
