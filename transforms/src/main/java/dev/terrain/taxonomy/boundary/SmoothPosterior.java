package dev.terrain.taxonomy.boundary;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Draws from the posterior of a smooth function f over the plane whose sign is the side of each
 * place, given the sides of some cells: log odds f(x) = s·(plane + Gaussian process with length ℓ),
 * a Bayesian logistic regression in low rank. Both s (how sharp the boundary is in the labels) and
 * ℓ (how smooth) are averaged over in proportion to their evidence, in the Laplace approximation: s
 * in 1, 3, 10; ℓ in 3/2, 3/5, 1/3 and 1/6 of the longer axis, at least 1.5 grid steps.
 */
final class SmoothPosterior {
  private static final double[] SHARPNESS = {1, 3, 10};
  private static final double[] LENGTHS = {1.5, 0.6, 1.0 / 3, 1.0 / 6};
  private static final double SHORTEST = 1.5;
  private static final double LEAST_WEIGHT = 0.02;

  /** Shorter lengths are not tried once the evidence has fallen by this from its best. */
  private static final double HOPELESS = 6;

  private final List<Draw> draws;

  /** A function of the plane. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Draw(PlaneBasis basis, double[] coefficients) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Candidate(
      PlaneBasis basis, double sharpness, double[][] design, LogisticFit fit) {}

  private SmoothPosterior(List<Draw> draws) {
    this.draws = List.copyOf(draws);
  }

  /**
   * Draws functions.
   *
   * @param places column and row of each cell
   * @param positive its side
   * @param count how many draws, about
   */
  static SmoothPosterior of(
      int columns, int rows, int[][] places, boolean[] positive, int count, CounterRandom random) {
    List<Candidate> candidates = candidates(columns, rows, places, positive);
    double most = candidates.stream().mapToDouble(c -> c.fit().logEvidence()).max().orElseThrow();
    double sum = candidates.stream().mapToDouble(c -> Math.exp(c.fit().logEvidence() - most)).sum();
    List<Draw> draws = new ArrayList<>();
    for (Candidate candidate : candidates) {
      double weight = Math.exp(candidate.fit().logEvidence() - most) / sum;
      if (weight >= LEAST_WEIGHT) {
        int share = (int) Math.ceil(weight * count);
        for (double[] drawn :
            EllipticalSlice.draws(candidate.design(), positive, candidate.fit(), share, random)) {
          double[] coefficients =
              Arrays.stream(drawn).map(b -> b * candidate.sharpness()).toArray();
          draws.add(new Draw(candidate.basis(), coefficients));
        }
      }
    }
    // In any order, so that draws of two boundaries with one number have nothing in common.
    List<Draw> shuffled = new ArrayList<>();
    for (int i : random.permutation(draws.size())) {
      shuffled.add(draws.get(i));
    }
    return new SmoothPosterior(shuffled);
  }

  private static List<Candidate> candidates(
      int columns, int rows, int[][] places, boolean[] positive) {
    List<Candidate> candidates = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (double share : LENGTHS) {
      double length = Math.max(SHORTEST, share * (Math.max(columns, rows) - 1));
      PlaneBasis basis = new PlaneBasis(columns, rows, length);
      double[][] unscaled = basis.design(places);
      double[] precisions = new double[basis.size()];
      Arrays.fill(precisions, 1);
      double[] start = new double[basis.size()];
      double bestOfLength = Double.NEGATIVE_INFINITY;
      for (double sharpness : SHARPNESS) {
        double[][] design = scaled(unscaled, sharpness);
        LogisticFit fit = LogisticFit.of(design, positive, precisions, start);
        start = fit.mode();
        bestOfLength = Math.max(bestOfLength, fit.logEvidence());
        candidates.add(new Candidate(basis, sharpness, design, fit));
      }
      best = Math.max(best, bestOfLength);
      if (bestOfLength < best - HOPELESS) {
        break;
      }
    }
    return candidates;
  }

  private static double[][] scaled(double[][] design, double factor) {
    return Arrays.stream(design)
        .map(row -> Arrays.stream(row).map(value -> value * factor).toArray())
        .toArray(double[][]::new);
  }

  /** Number of draws. */
  int size() {
    return draws.size();
  }

  /** Every draw on a lattice, by row, then column. */
  List<double[][]> on(double[] columnPositions, double[] rowPositions) {
    IdentityHashMap<PlaneBasis, PlaneBasis.Tabulated> tabulated = new IdentityHashMap<>();
    List<double[][]> values = new ArrayList<>();
    for (Draw draw : draws) {
      values.add(
          tabulated
              .computeIfAbsent(draw.basis(), basis -> basis.on(columnPositions, rowPositions))
              .sum(draw.coefficients()));
    }
    return values;
  }
}
