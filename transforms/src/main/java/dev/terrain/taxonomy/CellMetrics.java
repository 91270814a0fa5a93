package dev.terrain.taxonomy;

import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summarises every metric that was measured on a cell into one row of the table {@code
 * cell_metrics}: a row for each metric, variant and choice of parameters, also for one without any
 * value, which says why.
 *
 * <p>The same measurements give the same bits in whatever order they come, and the same as the
 * columns of {@link CellSummary}; equal rows count once.
 */
public final class CellMetrics {

  /** Tells how a cell summarises a metric. */
  @FunctionalInterface
  public interface Summaries {
    /**
     * How the values of a metric become one, in words.
     *
     * @param subject what they were measured on
     * @throws IllegalArgumentException if the metric is not of such a subject
     */
    String of(String metric, Subject subject);
  }

  private final Summaries summaries;

  /** Rows of metrics that are summarised in these ways. */
  public CellMetrics(Summaries summaries) {
    this.summaries = summaries;
  }

  /**
   * The rows, with revision 0, by metric, variant and parameters.
   *
   * @param measurements all rows of the cell: of its models and of their pairs
   * @param computedAt when the summary is made
   * @throws IllegalArgumentException if a row belongs to another cell, or if those of one metric
   *     and variant have several units or subjects, or one that the metric does not have
   */
  public List<CellMetric> summarise(
      CellIdentity cell, Collection<Measurement> measurements, Instant computedAt) {
    CellMeasurements rows = new CellMeasurements(cell.cellId(), measurements);
    List<CellMetric> metrics = new ArrayList<>();
    for (MetricOfCell metric : rows.metrics()) {
      metrics.add(summarise(cell, metric, rows.with(metric), rows.without(metric), computedAt));
    }
    return metrics;
  }

  private CellMetric summarise(
      CellIdentity cell,
      MetricOfCell metric,
      List<Measurement> values,
      List<Measurement> others,
      Instant computedAt) {
    Measurement example = values.isEmpty() ? others.get(0) : values.get(0);
    requireAlike(metric, example, values);
    requireAlike(metric, example, others);
    MeanAndDeviation summary = CellMeasurements.summary(values);
    SeedError seedError = SeedError.ofMean(values);
    return CellMetric.newBuilder()
        .setCellId(cell.cellId())
        .setSweep(cell.sweep())
        .setLoadSetting(cell.loadSetting())
        .setLoadValue(cell.loadValue())
        .setTemperatureSetting(cell.temperatureSetting())
        .setTemperatureValue(cell.temperatureValue())
        .setSlice(cell.slice())
        .setMetric(metric.metric())
        .setVariant(metric.variant())
        .setParameters(metric.parameters())
        .setUnit(example.getUnit())
        .setSummary(summaries.of(metric.metric(), example.getSubject()))
        .setN(summary.n())
        .setNNotConverged(
            (int)
                values.stream()
                    .filter(row -> row.getStatus() == MeasurementStatus.NOT_CONVERGED)
                    .count())
        .setNWithoutValue(others.size())
        .setMean(summary.mean())
        .setStd(summary.deviation())
        .setStdError(
            summary.deviation() == null ? null : summary.deviation() / Math.sqrt(summary.n()))
        .setMeasurementError(MeasurementError.ofMean(values))
        .setNModels(seedError.models())
        .setSeedError(seedError.error())
        .setReason(reason(summary, others))
        .setRevision(0)
        .setComputedAt(computedAt)
        .build();
  }

  private static void requireAlike(
      MetricOfCell metric, Measurement example, List<Measurement> rows) {
    for (Measurement row : rows) {
      if (!row.getUnit().equals(example.getUnit()) || row.getSubject() != example.getSubject()) {
        throw new IllegalArgumentException(
            "the measurements of %s are of a %s in %s and of a %s in %s; a mean needs one unit"
                .formatted(
                    metric,
                    example.getSubject(),
                    example.getUnit(),
                    row.getSubject(),
                    row.getUnit()));
      }
    }
  }

  private static @Nullable String reason(MeanAndDeviation summary, List<Measurement> others) {
    return switch (summary.n()) {
      case 0 -> "none of %d has a value: %s".formatted(others.size(), others.get(0).getReason());
      case 1 -> "a single value has no standard deviation";
      default -> null;
    };
  }
}
