package dev.terrain.imports;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.v1.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a metric stand.
 *
 * @param metric what the catalogue says of it
 * @param base the definition that it follows, but for the split
 * @param variant the name under which it is imported: that of the base, or one that says on which
 *     other split it was measured
 * @param column its values
 * @param deviation their standard deviations; null if there are none
 * @param countColumn of how many values each is the mean; null if that is no column
 * @param count the same for all rows; 0 if it is not said
 * @param conversion how they become ours
 * @param small whether percentages that all lie within 1 are meant
 * @param note what is to be known of it; null if nothing is
 */
record MetricMapping(
    MetricInfo metric,
    Variant base,
    String variant,
    ColumnName column,
    @Nullable ColumnName deviation,
    @Nullable ColumnName countColumn,
    int count,
    Conversion conversion,
    boolean small,
    @Nullable String note) {

  /** What each value is measured on. */
  Subject subject() {
    return metric.summary().subject();
  }

  /** Whether its values may be compared with those of our definition. */
  boolean isComparable() {
    return variant.equals(base.name());
  }

  /** The metric as messages call it. */
  String name() {
    return metric.name();
  }
}
