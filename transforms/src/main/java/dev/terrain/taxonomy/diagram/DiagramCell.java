package dev.terrain.taxonomy.diagram;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One measured cell of a phase diagram.
 *
 * @param id its cell id
 * @param column index of its load value
 * @param row index of its temperature value
 * @param load value on the load axis
 * @param temperature value on the temperature axis
 * @param values what is known, by the name of the metric in its headline variant: {@code
 *     train_loss} in nats, {@code train_accuracy} and {@code test_accuracy} in percent, {@code
 *     mode_connectivity} in percent of training error (signed), {@code cka}, {@code
 *     hessian_top_eigenvalue} and {@code hessian_trace} (not their logarithms), {@code
 *     l2_distance}, and whatever else was measured
 */
public record DiagramCell(
    String id,
    int column,
    int row,
    double load,
    double temperature,
    Map<String, CellValue> values) {

  /** Copies the values. */
  public DiagramCell {
    values = Map.copyOf(values);
  }

  /** The mean of a metric; null if it was not measured. */
  public @Nullable Double mean(String metric) {
    CellValue value = values.get(metric);
    return value == null ? null : Double.valueOf(value.mean());
  }

  /** What is known of a metric. */
  public Optional<CellValue> value(String metric) {
    return Optional.ofNullable(values.get(metric));
  }
}
