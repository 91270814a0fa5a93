package dev.terrain.taxonomy.trend;

import dev.terrain.statistics.SampleMean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mean over cells, or a difference of two such means, with the interval that Student's
 * distribution gives it.
 *
 * <p>The spread is that from cell to cell, whatever its cause; the interval says how much the mean
 * would move if other cells of the same kind had been measured.
 *
 * @param mean the mean, or the difference of means
 * @param interval null if there are fewer than {@value SampleMean#MIN_SAMPLES} numbers, on either
 *     side
 * @param count how many numbers are behind it
 */
public record MeanInterval(double mean, @Nullable Interval interval, int count) {

  /**
   * The mean of numbers, x̄ ± t_{n-1} s/√n.
   *
   * @param level probability of covering the true mean of normal numbers, in (0, 1)
   * @param numbers at least one
   */
  public static MeanInterval of(double level, double... numbers) {
    SampleMean mean = SampleMean.of(numbers);
    Double error = mean.standardError();
    return new MeanInterval(
        mean.value(),
        error == null ? null : around(mean.value(), error, level, numbers.length - 1),
        numbers.length);
  }

  /**
   * The mean of some numbers minus the mean of others, averaged over strata, with Welch's error √(Σ
   * (s₁²/n₁ + s₂²/n₂))/S over S strata and the degrees of freedom of Satterthwaite.
   *
   * @param level as above
   * @param first in each stratum at least one number, at least one stratum
   * @param second the same for the others
   */
  public static MeanInterval ofDifferences(
      double level, List<double[]> first, List<double[]> second) {
    int strata = first.size();
    double difference = 0;
    double variance = 0;
    double squares = 0;
    int count = 0;
    boolean isKnown = true;
    for (int i = 0; i < strata; i++) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        double[] numbers = (sign > 0 ? first : second).get(i);
        SampleMean mean = SampleMean.of(numbers);
        difference += sign * mean.value() / strata;
        count += numbers.length;
        Double error = mean.standardError();
        if (error == null) {
          isKnown = false;
        } else {
          double share = error * error / strata / strata;
          variance += share;
          squares += share * share / (numbers.length - 1);
        }
      }
    }
    if (!isKnown) {
      return new MeanInterval(difference, null, count);
    }
    double degreesOfFreedom = variance == 0 ? 1 : variance * variance / squares;
    return new MeanInterval(
        difference, around(difference, Math.sqrt(variance), level, degreesOfFreedom), count);
  }

  private static Interval around(
      double middle, double error, double level, double degreesOfFreedom) {
    double half = StudentQuantile.twoSided(level, degreesOfFreedom) * error;
    return new Interval(middle - half, middle + half);
  }
}
