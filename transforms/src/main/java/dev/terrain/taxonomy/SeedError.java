package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The standard error of a mean over the models of a cell, or over pairs of them, that comes from
 * which models were trained.
 *
 * <p>Values of pairs are not independent where they share a model. With θ the mean over the pairs
 * and θ₍ᵢ₎ that over the pairs without model i, the jackknife's variance is (m - 1)/m Σ (θ₍ᵢ₎ -
 * θ₍.₎)² over the m models (Arvesen: Jackknifing U-statistics, 1969). It is exact where a pair's
 * value is a sum of what each of its models adds, and too large where pairs differ by themselves.
 *
 * @param models m, the models that the values are of
 * @param error null if too few models tell it
 */
record SeedError(int models, @Nullable Double error) {
  private static final int LEAST_OF_PAIRS = 3;

  /** The error of the mean of some rows, all of models or all of pairs. */
  static SeedError ofMean(List<Measurement> rows) {
    Set<String> models = new TreeSet<>();
    rows.forEach(
        row ->
            Stream.of(row.getModelId(), row.getOtherModelId())
                .filter(Objects::nonNull)
                .forEach(models::add));
    boolean pairs = rows.stream().anyMatch(row -> row.getOtherModelId() != null);
    return new SeedError(models.size(), pairs ? ofPairs(rows, models) : ofModels(rows));
  }

  private static @Nullable Double ofModels(List<Measurement> rows) {
    Double deviation = CellMeasurements.summary(rows).deviation();
    return deviation == null ? null : Double.valueOf(deviation / Math.sqrt(rows.size()));
  }

  private static @Nullable Double ofPairs(List<Measurement> rows, Set<String> models) {
    if (models.size() < LEAST_OF_PAIRS) {
      return null;
    }
    double[] without = new double[models.size()];
    int i = 0;
    for (String model : models) {
      Double mean =
          CellMeasurements.summary(
                  rows.stream()
                      .filter(row -> !model.equals(row.getModelId()))
                      .filter(row -> !model.equals(row.getOtherModelId()))
                      .toList())
              .mean();
      if (mean == null) {
        return null;
      }
      without[i++] = mean;
    }
    double n = models.size();
    Double deviation = MeanAndDeviation.of(without).deviation();
    return deviation == null ? null : Double.valueOf(deviation * (n - 1) / Math.sqrt(n));
  }
}
