package dev.terrain.curvature.forms;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.statistics.SeparatedJackknife;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the choice of the data sample does to trace, Frobenius norm and effective rank, from the
 * forms of probes: standard errors by the delete-one-batch jackknife to first order in the batches,
 * the probes' noise taken off ({@link SeparatedJackknife}), and biases to second order.
 *
 * <p>With t = tr A, s = ‖A‖_F² and the batches' own t_b = tr A_b, s_b = tr AA_b, whose weighted
 * means t and s are, the first-order change of s with batch b is that of 2 s_b. The trace is linear
 * in the data and has no bias; s has the bias V = Σ_b γ_b ‖A_b - A‖_F², the noise of all entries of
 * A. From there √s and t²/s have theirs by Taylor's theorem.
 */
public final class MomentErrors {
  private final List<ProbeForms> samples;
  private final List<ProbeForms> withImages;
  private final int[] batchSizes;

  /**
   * @param samples deflated forms behind trace and norm, at least one
   * @param withImages those that know the images, at least one
   * @param batchSizes n_b
   */
  public MomentErrors(List<ProbeForms> samples, List<ProbeForms> withImages, int[] batchSizes) {
    this.samples = samples;
    this.withImages = withImages;
    this.batchSizes = batchSizes;
  }

  /** Of tr A; null with fewer than two batches, as all of these. */
  public @Nullable Double ofTrace() {
    return SeparatedJackknife.standardError(
        samples.stream().map(ProbeForms::forms).toArray(double[][]::new), batchSizes);
  }

  /** Of ‖A‖_F = √s: d√s = ds / (2 √s). */
  public @Nullable Double ofNorm(double norm) {
    return norm > 0 ? ofCombination(0, 1 / norm) : ofCombination(0, 0);
  }

  /** The bias of ‖A‖_F: (V - var √s) / (2 √s); null where the norm is 0. */
  public @Nullable Double biasOfNorm(double norm) {
    if (batchSizes.length < 2 || !(norm > 0)) {
      return null;
    }
    double error = Objects.requireNonNull(ofNorm(norm));
    return (spread() - error * error) / (2 * norm);
  }

  /** Of r = t²/s: dr = r (2 dt/t - ds/s). */
  public @Nullable Double ofRank(double trace, double norm) {
    double squares = norm * norm;
    return ofCombination(2 * trace / squares, -2 * trace * trace / squares / squares);
  }

  /** The bias of r = t²/s: (var(dt - (t/s) ds) - r V) / s. */
  public @Nullable Double biasOfRank(double trace, double norm) {
    if (batchSizes.length < 2) {
      return null;
    }
    double squares = norm * norm;
    double error = Objects.requireNonNull(ofCombination(1, -2 * trace / squares));
    double rank = trace * trace / squares;
    return (error * error - rank * spread()) / squares;
  }

  private double spread() {
    return Math.max(0, samples.stream().mapToDouble(ProbeForms::spread).average().orElseThrow());
  }

  private @Nullable Double ofCombination(double ofTrace, double ofSquare) {
    double[][] values = new double[withImages.size()][batchSizes.length];
    for (int j = 0; j < values.length; j++) {
      OrthonormalBasis.addMultiple(values[j], ofTrace, withImages.get(j).forms());
      OrthonormalBasis.addMultiple(values[j], ofSquare, withImages.get(j).images());
    }
    return SeparatedJackknife.standardError(values, batchSizes);
  }
}
