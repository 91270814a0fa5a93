package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The measurements of one cell that have a value (status OK or NOT_CONVERGED) and are of whole
 * models, in an order that does not depend on how they came. Equal rows count once.
 */
final class CellMeasurements {
  private static final Comparator<String> ID = Comparator.nullsFirst(Comparator.naturalOrder());

  private final List<Measurement> rows;

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
    rows =
        measurements.stream()
            .distinct()
            .filter(CellMeasurements::counts)
            .sorted(
                Comparator.comparing(Measurement::getModelId, ID)
                    .thenComparing(Measurement::getOtherModelId, ID)
                    .thenComparing(Measurement::getValue))
            .toList();
  }

  private static boolean counts(Measurement row) {
    return row.getValue() != null
        && row.getParameters() == null
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

  static MeanAndDeviation summary(List<Measurement> rows) {
    return MeanAndDeviation.of(rows.stream().mapToDouble(Measurement::getValue).toArray());
  }
}
