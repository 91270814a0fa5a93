package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The measurements of one cell that have a value (status OK or NOT_CONVERGED) and are of whole
 * models, in an order that does not depend on how they came. Equal rows count once.
 */
final class CellMeasurements {
  private static final Comparator<String> ID = Comparator.nullsFirst(Comparator.naturalOrder());

  private final List<Measurement> rows;
  private final List<Measurement> others;

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
    List<Measurement> ofModels =
        measurements.stream().distinct().filter(row -> row.getParameters() == null).toList();
    others = ofModels.stream().filter(row -> !counts(row)).toList();
    rows =
        ofModels.stream()
            .filter(CellMeasurements::counts)
            .sorted(
                Comparator.comparing(Measurement::getModelId, ID)
                    .thenComparing(Measurement::getOtherModelId, ID)
                    .thenComparing(Measurement::getValue))
            .toList();
  }

  private static boolean counts(Measurement row) {
    return row.getValue() != null
        && (row.getStatus() == MeasurementStatus.OK
            || row.getStatus() == MeasurementStatus.NOT_CONVERGED);
  }

  /**
   * The rows of a metric.
   *
   * @throws IllegalArgumentException if they are of several variants, which have no common mean
   */
  List<Measurement> of(String metric) {
    List<Measurement> selected =
        rows.stream().filter(row -> row.getMetric().equals(metric)).toList();
    List<String> variants =
        selected.stream().map(Measurement::getVariant).distinct().sorted().toList();
    if (variants.size() > 1) {
      throw new IllegalArgumentException(
          "the measurements of "
              + metric
              + " have the variants "
              + String.join(", ", variants)
              + "; a cell needs a single one");
    }
    return selected;
  }

  /** The rows of one variant of a metric. */
  List<Measurement> of(String metric, String variant) {
    return rows.stream()
        .filter(row -> row.getMetric().equals(metric) && row.getVariant().equals(variant))
        .toList();
  }

  /**
   * How many pairs a metric has a value of, where that is not all of them.
   *
   * @param values the rows that have one
   * @param variant null for any
   * @return such as {@code cka of 1 of 3 pairs}; empty if every pair has a value
   */
  Optional<String> shortfall(List<Measurement> values, String metric, String variant) {
    long without =
        others.stream()
            .filter(row -> row.getMetric().equals(metric))
            .filter(row -> variant == null || row.getVariant().equals(variant))
            .count();
    return without == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %d of %d pairs".formatted(metric, values.size(), values.size() + without));
  }

  static MeanAndDeviation summary(List<Measurement> rows) {
    return MeanAndDeviation.of(rows.stream().mapToDouble(Measurement::getValue).toArray());
  }
}
