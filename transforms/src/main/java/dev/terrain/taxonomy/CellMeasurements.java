package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one cell, those that have a value (status OK or NOT_CONVERGED) apart from
 * those without, in an order that does not depend on how they came. Equal rows count once.
 */
final class CellMeasurements {
  private static final String DEFAULT = "default";
  private static final Comparator<String> ID = Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<Measurement> SUBJECT =
      Comparator.comparing(Measurement::getModelId, ID)
          .thenComparing(Measurement::getOtherModelId, ID);

  private final SortedMap<MetricOfCell, List<Measurement>> values = new TreeMap<>();
  private final SortedMap<MetricOfCell, List<Measurement>> others = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if a row is of another cell
   */
  CellMeasurements(String cellId, Collection<Measurement> measurements) {
    for (Measurement row : measurements) {
      if (!row.getCellId().equals(cellId)) {
        throw new IllegalArgumentException(
            "a measurement of "
                + row.getMetric()
                + " belongs to cell "
                + row.getCellId()
                + ", not to "
                + cellId);
      }
    }
    List<Measurement> rows = measurements.stream().distinct().toList();
    rows.stream()
        .filter(CellMeasurements::counts)
        .sorted(SUBJECT.thenComparing(Measurement::getValue))
        .forEach(row -> group(values, row).add(row));
    rows.stream()
        .filter(row -> !counts(row))
        .sorted(SUBJECT)
        .forEach(row -> group(others, row).add(row));
  }

  private static List<Measurement> group(
      SortedMap<MetricOfCell, List<Measurement>> groups, Measurement row) {
    return groups.computeIfAbsent(MetricOfCell.of(row), metric -> new ArrayList<>());
  }

  private static boolean counts(Measurement row) {
    return row.getValue() != null
        && (row.getStatus() == MeasurementStatus.OK
            || row.getStatus() == MeasurementStatus.NOT_CONVERGED);
  }

  /** All metrics that have rows, with or without values. */
  SortedSet<MetricOfCell> metrics() {
    SortedSet<MetricOfCell> metrics = new TreeSet<>(values.keySet());
    metrics.addAll(others.keySet());
    return metrics;
  }

  /** The rows with values. */
  List<Measurement> with(MetricOfCell metric) {
    return values.getOrDefault(metric, List.of());
  }

  /** The rows without. */
  List<Measurement> without(MetricOfCell metric) {
    return others.getOrDefault(metric, List.of());
  }

  /**
   * The values of a metric of whole models.
   *
   * @throws IllegalArgumentException if they are of several variants, which have no common mean
   */
  List<Measurement> of(String metric) {
    List<String> variants = variants(metric);
    if (variants.size() > 1) {
      throw new IllegalArgumentException(
          "the measurements of "
              + metric
              + " have the variants "
              + String.join(", ", variants)
              + "; a cell needs a single one");
    }
    return variants.isEmpty() ? List.of() : of(metric, variants.get(0));
  }

  /** The values of one variant of a metric of whole models. */
  List<Measurement> of(String metric, String variant) {
    return with(new MetricOfCell(metric, variant, null));
  }

  /**
   * The values of a metric of whole models in its variant {@code default}; without any, in the only
   * variant that there is.
   *
   * @throws IllegalArgumentException if there are several and none is the default
   */
  List<Measurement> preferred(String metric) {
    return variants(metric).contains(DEFAULT) ? of(metric, DEFAULT) : of(metric);
  }

  private List<String> variants(String metric) {
    return values.keySet().stream()
        .filter(key -> key.metric().equals(metric) && key.parameters() == null)
        .map(MetricOfCell::variant)
        .toList();
  }

  /**
   * How many pairs a metric has a value of, where that is not all of them.
   *
   * @param values the rows that have one
   * @param variant null for any
   * @return such as {@code cka of 1 of 3 pairs}; empty if every pair has a value
   */
  Optional<String> shortfall(List<Measurement> values, String metric, @Nullable String variant) {
    int without =
        others.entrySet().stream()
            .filter(rows -> rows.getKey().metric().equals(metric))
            .filter(rows -> rows.getKey().parameters() == null)
            .filter(rows -> variant == null || rows.getKey().variant().equals(variant))
            .mapToInt(rows -> rows.getValue().size())
            .sum();
    return without == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %d of %d pairs".formatted(metric, values.size(), values.size() + without));
  }

  static MeanAndDeviation summary(List<Measurement> rows) {
    return MeanAndDeviation.of(rows.stream().mapToDouble(Measurement::getValue).toArray());
  }
}
