package dev.terrain.curvature.density;

import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The spectral density of a self-adjoint operator A on R^d, the measure with weight 1/d on each of
 * its eigenvalues, by stochastic Lanczos quadrature: the mean of the Gauss quadratures of several
 * probes, in which each of the k deflated outliers has its exact weight 1/d and the rest of every
 * quadrature is scaled to (d - k)/d.
 *
 * <p>Shares of the spectrum come with a band that joins two errors. What finitely many steps leave
 * open in each probe's spectral measure is enclosed by the inequalities of Chebyshev, Markov and
 * Stieltjes (see {@link ProbeMeasure}); this part is certain. What the mean over n_v probes differs
 * from the spectrum by is random: on the rest of dimension D = d - k, a share Φ has the variance 2
 * Φ(1 - Φ) / (D + 2) a probe that is uniform on the sphere, and at most 2 Φ(1 - Φ) / D for a
 * Rademacher probe; the band takes the larger of this, at the worst Φ within the enclosure, and,
 * from three probes on, the spread observed. Its level holds at each point for itself and takes the
 * mean as normal.
 *
 * <p>Ubaru, Chen and Saad: Fast estimation of tr(f(A)) via stochastic Lanczos quadrature, SIAM J.
 * Matrix Anal. Appl. 38(4), 2017; Chen, Trogdon and Ubaru: Analysis of stochastic Lanczos
 * quadrature for spectrum approximation, ICML 2021 (arXiv 2105.06595).
 */
public final class SpectralDensity {
  /** Where {@link #massBelowZero} begins: what single precision makes of an eigenvalue 0. */
  public static final double ZERO = 1e-6;

  private final int dimension;
  private final int steps;
  private final List<Quadrature> quadratures;
  private final List<ProbeMeasure> measures;
  private final double[] values;
  private final Quadrature density;

  private SpectralDensity(
      int dimension, int steps, List<Quadrature> quadratures, List<Eigenpair> outliers) {
    this.dimension = dimension;
    this.steps = steps;
    this.quadratures = List.copyOf(quadratures);
    values = outliers.stream().mapToDouble(Eigenpair::value).sorted().toArray();
    measures =
        values.length == dimension
            ? List.of()
            : quadratures.stream()
                .map(quadrature -> ProbeMeasure.withoutOutliers(quadrature, outliers, steps))
                .toList();
    density = join();
  }

  /**
   * Joins quadratures and outliers.
   *
   * @param dimension d
   * @param steps m of the process behind the quadratures, each of which is exact to degree 2m - 1;
   *     the number of nodes of a single-vector process, fewer than that for a block process
   * @param quadratures one a probe, at least one, of a process that was not restarted: a restarted
   *     one is not exact to that degree, and its enclosure not certain
   * @param outliers eigenpairs that are known, at most d
   * @throws IllegalArgumentException if an argument is out of its range, a quadrature's weights do
   *     not sum to 1
   */
  public static SpectralDensity of(
      int dimension, int steps, List<Quadrature> quadratures, List<Eigenpair> outliers) {
    if (dimension < 1 || steps < 1 || quadratures.isEmpty() || outliers.size() > dimension) {
      throw new IllegalArgumentException(
          "dimension ("
              + dimension
              + "), steps ("
              + steps
              + ") and the number of quadratures ("
              + quadratures.size()
              + ") must be at least 1, and outliers ("
              + outliers.size()
              + ") at most the dimension");
    }
    for (Quadrature quadrature : quadratures) {
      double sum = Arrays.stream(quadrature.weights()).sum();
      if (!(Math.abs(sum - 1) <= 1e-6)) {
        throw new IllegalArgumentException(
            "weights of a quadrature sum to " + sum + "; they must sum to 1");
      }
    }
    return new SpectralDensity(dimension, steps, quadratures, outliers);
  }

  private Quadrature join() {
    double share = rest() / (double) dimension / Math.max(measures.size(), 1);
    double[] nodes =
        DoubleStream.concat(
                Arrays.stream(values),
                measures.stream().flatMapToDouble(m -> Arrays.stream(m.rest().nodes())))
            .toArray();
    double[] weights =
        DoubleStream.concat(
                Arrays.stream(values).map(outlier -> 1.0 / dimension),
                measures.stream()
                    .flatMapToDouble(m -> Arrays.stream(m.rest().weights()).map(w -> w * share)))
            .toArray();
    int[] order =
        IntStream.range(0, nodes.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> nodes[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Quadrature(
        Arrays.stream(order).mapToDouble(i -> nodes[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> weights[i]).toArray());
  }

  /** D, the eigenvalues beside the outliers. */
  private int rest() {
    return dimension - values.length;
  }

  /** d. */
  public int dimension() {
    return dimension;
  }

  /** The density as one measure: all nodes, ascending, with weights that sum to 1. */
  public Quadrature density() {
    return density;
  }

  /**
   * The moment ∫ λ^p of the density: its mean times d is a deflated estimate of tr A, its second
   * moment times d one of ‖A‖_F².
   *
   * @param power p, at least 0
   */
  public double moment(int power) {
    return moment(density, power);
  }

  private static double moment(Quadrature measure, int power) {
    double sum = 0;
    for (int i = 0; i < measure.nodes().length; i++) {
      sum += measure.weights()[i] * Math.pow(measure.nodes()[i], power);
    }
    return sum;
  }

  /**
   * A check without cost: the first two moments of each probe's own quadrature, times d, must be
   * its v'Av and ‖Av‖². A Krylov process that lost orthogonality or an inexact product shows here.
   *
   * @param samples those of the probes, in the order of the quadratures; with two steps at least
   * @return the largest difference over both moments and all probes, the first as a share of √d
   *     ‖Av‖, which bounds |v'Av|, the second of ‖Av‖²; 0 up to rounding
   * @throws IllegalArgumentException if there is not one sample for each quadrature
   */
  public double largestMomentError(List<ProbeForms> samples) {
    if (samples.size() != quadratures.size()) {
      throw new IllegalArgumentException(
          "number of samples (" + samples.size() + ") must be " + quadratures.size());
    }
    double largest = 0;
    for (int i = 0; i < samples.size(); i++) {
      ProbeForms sample = samples.get(i);
      double first = Math.abs(dimension * moment(quadratures.get(i), 1) - sample.form());
      double second = Math.abs(dimension * moment(quadratures.get(i), 2) - sample.squaredNorm());
      if (first > 0 || second > 0) {
        double size = Math.max(sample.squaredNorm(), Double.MIN_NORMAL);
        largest = Math.max(largest, first / Math.sqrt(dimension * size));
        largest = Math.max(largest, second / size);
      }
    }
    return largest;
  }

  /**
   * The share of eigenvalues in (-∞, x].
   *
   * @param level probability of the random part of the band, between 0 and 1, such as 0.95
   * @throws IllegalArgumentException if {@code level} is out of its range
   */
  public Share cumulative(double x, double level) {
    requireLevel(level);
    int below = 0;
    while (below < values.length && values[below] <= x) {
      below++;
    }
    if (measures.isEmpty()) {
      double share = below / (double) dimension;
      return new Share(share, share, share);
    }
    Share ofRest = new RestDistribution(rest(), measures).cumulative(x, level);
    return new Share(
        whole(below, ofRest.value()), whole(below, ofRest.lower()), whole(below, ofRest.upper()));
  }

  private double whole(int below, double shareOfRest) {
    return (below + rest() * shareOfRest) / dimension;
  }

  private static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level (" + level + ") must be between 0 and 1");
    }
  }

  /**
   * The share of eigenvalues below zero: below -10⁻⁶ max |λ|, what single precision makes of 0. The
   * many eigenvalues near 0 of an over-parametrised network make a node whose weight widens the
   * band: whether they are slightly negative is not known.
   *
   * @param level as in {@link #cumulative}
   */
  public Share massBelowZero(double level) {
    return cumulative(Math.nextDown(-ZERO * Math.max(-least(), greatest())), level);
  }

  private double least() {
    return density.nodes()[0];
  }

  private double greatest() {
    return density.nodes()[density.nodes().length - 1];
  }

  /** π (λ_max - λ_min) / (2m), the widest gap of m Chebyshev nodes: what m steps can resolve. */
  public double resolution() {
    return Math.PI * (greatest() - least()) / (2.0 * steps);
  }

  /**
   * The density smoothed for a plot, see {@link SmoothedDensity#of}.
   *
   * @param points points of the grid, at least 2
   * @param width standard deviation σ of the Gaussian, above 0; {@link #resolution} shows no more
   *     than the steps resolve
   */
  public SmoothedDensity smoothed(int points, double width) {
    return SmoothedDensity.of(density, points, width);
  }

  /**
   * The share of an operator's eigenvalues in an interval, multiplicities counted.
   *
   * @param value the estimate, from 0 to 1
   * @param lower lower end of its band, at least 0
   * @param upper upper end of its band, at most 1
   */
  public record Share(double value, double lower, double upper) {}
}
