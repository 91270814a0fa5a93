package dev.terrain.taxonomy.claim;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.Bootstrap;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Interval;
import dev.terrain.taxonomy.trend.Quantities;
import dev.terrain.taxonomy.trend.SeedNoise;
import dev.terrain.taxonomy.trend.SpearmanSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Spearman's correlations of test accuracy with quantities, each averaged over diagrams, and what
 * follows of them under resampling of the cells within each diagram.
 */
final class PooledCorrelation {
  private static final int MOST_RESAMPLES = 1000;
  private static final int LEAST_RESAMPLES = 400;

  /** Cells drawn in all, which bounds the time that large sweeps take. */
  private static final int DRAWN_CELLS = 400_000;

  private static final double LEAST_DEFINED = 0.9;

  private final List<List<SpearmanSample>> samples;
  private final List<DiagramCell> cells;
  private final String id;

  /** A statistic of the correlations, in the order of the quantities. */
  interface Statistic {
    double of(double... correlations);
  }

  private PooledCorrelation(
      List<List<SpearmanSample>> samples, List<DiagramCell> cells, String id) {
    this.samples = samples;
    this.cells = cells;
    this.id = id;
  }

  /**
   * The correlations over the cells that have the accuracy and all of the quantities, in the
   * diagrams where their accuracies differ by more than noise: nothing tells of noise.
   *
   * @param group which cells
   * @param least cells that a diagram must have to be told
   */
  static PooledCorrelation of(
      List<PhasedDiagram> diagrams,
      BiPredicate<PhasedDiagram, DiagramCell> group,
      int least,
      String... quantities) {
    List<List<SpearmanSample>> samples = new ArrayList<>();
    List<DiagramCell> behind = new ArrayList<>();
    for (PhasedDiagram diagram : diagrams) {
      List<DiagramCell> cells =
          diagram.cells().stream()
              .filter(cell -> group.test(diagram, cell))
              .filter(cell -> cell.value(Quantities.TEST_ACCURACY).isPresent())
              .filter(
                  cell ->
                      Arrays.stream(quantities)
                          .allMatch(quantity -> Quantities.value(cell, quantity) != null))
              .toList();
      List<SpearmanSample> ofDiagram =
          Arrays.stream(quantities)
              .map(
                  quantity ->
                      new SpearmanSample(
                          numbers(cells, quantity), numbers(cells, Quantities.TEST_ACCURACY)))
              .toList();
      if (cells.size() >= least
          && SeedNoise.isExceeded(cells)
          && ofDiagram.stream().allMatch(sample -> sample.value() != null)) {
        samples.add(ofDiagram);
        behind.addAll(cells);
      }
    }
    return new PooledCorrelation(samples, behind, String.join("/", quantities));
  }

  private static double[] numbers(List<DiagramCell> cells, String quantity) {
    return cells.stream().mapToDouble(cell -> number(cell, quantity)).toArray();
  }

  private static double number(DiagramCell cell, String quantity) {
    Double value = Quantities.value(cell, quantity);
    return value == null ? Double.NaN : value;
  }

  /** Whether no diagram tells anything. */
  boolean isEmpty() {
    return samples.isEmpty();
  }

  /** The cells of the diagrams that tell something. */
  List<DiagramCell> cells() {
    return cells;
  }

  /** The correlations; null if no diagram tells anything. */
  double @Nullable [] values() {
    double[] mean = new double[samples.isEmpty() ? 0 : samples.get(0).size()];
    for (List<SpearmanSample> ofDiagram : samples) {
      if (!add(ofDiagram, null, mean)) {
        return null;
      }
    }
    return samples.isEmpty() ? null : mean;
  }

  private boolean add(List<SpearmanSample> ofDiagram, int @Nullable [] counts, double[] mean) {
    for (int i = 0; i < mean.length; i++) {
      SpearmanSample sample = ofDiagram.get(i);
      Double value = counts == null ? sample.value() : sample.value(counts);
      if (value == null) {
        return false;
      }
      mean[i] += value / samples.size();
    }
    return true;
  }

  /** The percentile interval of a statistic; null if there is none. */
  @Nullable Interval interval(double level, Statistic statistic) {
    if (samples.isEmpty()) {
      return null;
    }
    int resamples = Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, DRAWN_CELLS / cells.size()));
    double[] draws = new double[resamples];
    int defined = 0;
    CounterRandom random = CounterRandom.of(id, "pooled correlation", 0);
    for (int i = 0; i < resamples; i++) {
      double[] mean = new double[samples.get(0).size()];
      boolean isDefined = true;
      for (List<SpearmanSample> ofDiagram : samples) {
        int[] counts = Bootstrap.counts(random, ofDiagram.get(0).size());
        isDefined = isDefined && add(ofDiagram, counts, mean);
      }
      if (isDefined) {
        draws[defined++] = statistic.of(mean);
      }
    }
    return defined < LEAST_DEFINED * resamples
        ? null
        : Interval.ofDraws(Arrays.copyOf(draws, defined), level);
  }
}
