package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a mean over a cell is of, ordered by metric, variant and parameters.
 *
 * @param parameters those that the measured matrix is restricted to; null for whole models
 */
record MetricOfCell(String metric, String variant, @Nullable String parameters)
    implements Comparable<MetricOfCell> {
  private static final Comparator<MetricOfCell> ORDER =
      Comparator.comparing(MetricOfCell::metric)
          .thenComparing(MetricOfCell::variant)
          .thenComparing(
              MetricOfCell::parameters, Comparator.nullsFirst(Comparator.naturalOrder()));

  static MetricOfCell of(Measurement row) {
    return new MetricOfCell(row.getMetric(), row.getVariant(), row.getParameters());
  }

  @Override
  public int compareTo(MetricOfCell other) {
    return ORDER.compare(this, other);
  }

  /** Such as {@code hessian_trace (default, fc1)}. */
  @Override
  public String toString() {
    return metric + " (" + variant + (parameters == null ? "" : ", " + parameters) + ")";
  }
}
