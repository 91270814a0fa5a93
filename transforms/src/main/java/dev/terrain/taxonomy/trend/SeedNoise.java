package dev.terrain.taxonomy.trend;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.CoverageFactor;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the noise of the seeds alone makes of a statistic that picks the largest of several
 * differences of test accuracy.
 *
 * <p>Where every cell has a standard error, it is the quantile 1 - 0.05/k of the statistic over
 * simulated cells of one and the same true accuracy with normal errors of these sizes, where k is
 * the number of such statistics that are looked at together (Bonferroni); an error that comes from
 * the spread of n models is widened by its {@link CoverageFactor}. Without errors it is {@value
 * #DEFAULT_POINTS} points: about two standard errors of the difference of two means of five seeds
 * whose standard deviation is 1.5 points, as much as most cells of the study's phases I and II
 * have.
 *
 * @param points what a difference has to reach, in points of accuracy
 * @param isFromErrors whether the cells' own errors gave it
 */
public record SeedNoise(double points, boolean isFromErrors) {
  /** Used where the errors of the cells are not known, in points of accuracy. */
  public static final double DEFAULT_POINTS = 2;

  /** The factor takes long to compute, and few numbers of models occur. */
  private static final Map<Integer, Double> WIDENINGS = new ConcurrentHashMap<>();

  private static final double FALSE_ALARMS = 0.05;
  private static final int LEAST_DRAWS = 1000;
  private static final int MOST_DRAWS = 4000;

  /** Draws beyond the quantile that is read off. */
  private static final int DRAWS_BEYOND = 10;

  /**
   * The noise of a statistic of cells.
   *
   * @param statistic of one accuracy for each cell, in their order
   * @param together k, at least 1
   * @param id keys the simulation, as (id, "seed noise", 0)
   */
  public static SeedNoise of(
      List<DiagramCell> cells, ToDoubleFunction<double[]> statistic, int together, String id) {
    double[] errors = new double[cells.size()];
    for (int i = 0; i < errors.length; i++) {
      Double error = error(cells.get(i));
      if (error == null) {
        return new SeedNoise(DEFAULT_POINTS, false);
      }
      errors[i] = error;
    }
    double share = FALSE_ALARMS / together;
    int draws = (int) Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, DRAWS_BEYOND / share));
    CounterRandom random = CounterRandom.of(id, "seed noise", 0);
    double[] drawn = new double[draws];
    double[] accuracies = new double[errors.length];
    for (int i = 0; i < draws; i++) {
      Arrays.setAll(accuracies, cell -> errors[cell] * random.nextGaussian());
      drawn[i] = statistic.applyAsDouble(accuracies);
    }
    Arrays.sort(drawn);
    return new SeedNoise(Interval.quantile(drawn, 1 - share), true);
  }

  /**
   * Whether the accuracies of cells differ by more than noise: their variance is at least twice the
   * mean square of their standard errors, of which one that is not known is taken as {@value
   * #DEFAULT_POINTS}/√8 points. False for fewer than two cells.
   *
   * @param cells with an accuracy
   */
  public static boolean isExceeded(List<DiagramCell> cells) {
    double[] accuracies =
        cells.stream()
            .flatMap(cell -> cell.value(Quantities.TEST_ACCURACY).stream())
            .mapToDouble(CellValue::mean)
            .toArray();
    double mean = Arrays.stream(accuracies).average().orElse(0);
    double variance =
        Arrays.stream(accuracies).map(it -> (it - mean) * (it - mean)).sum()
            / Math.max(1, accuracies.length - 1);
    double squares = 0;
    for (DiagramCell cell : cells) {
      Double error = error(cell);
      squares += error == null ? DEFAULT_POINTS * DEFAULT_POINTS / 8 : error * error;
    }
    return variance > 0 && variance >= 2 * squares / cells.size();
  }

  /**
   * The standard error of a cell's test accuracy, widened for the few models that it comes from;
   * null if it is not known.
   */
  static @Nullable Double error(DiagramCell cell) {
    CellValue accuracy = cell.values().get(Quantities.TEST_ACCURACY);
    if (accuracy == null || accuracy.error() == null) {
      return null;
    }
    double error = accuracy.error();
    boolean isFromSpread = accuracy.deviation() != null && accuracy.n() > 1;
    return isFromSpread ? widening(accuracy.n()) * error : error;
  }

  private static double widening(int models) {
    return WIDENINGS.computeIfAbsent(models, n -> CoverageFactor.of(n - 1));
  }
}
