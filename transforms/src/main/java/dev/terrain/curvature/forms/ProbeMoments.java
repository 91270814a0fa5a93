package dev.terrain.curvature.forms;

import dev.terrain.statistics.SampleMean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Frobenius norm and effective rank of a self-adjoint operator from what random probes tell. */
public final class ProbeMoments {
  private ProbeMoments() {}

  /**
   * The Frobenius norm ‖A‖_F = √(Σ λ_i²): the root of the mean of ‖Av‖² over the probes v. Its
   * standard error is that of the mean by the delta method: se(‖A‖_F) = se(‖A‖_F²) / (2 ‖A‖_F).
   *
   * @param samples at least one
   */
  public static Estimate frobeniusNorm(List<ProbeForms> samples) {
    SampleMean squares =
        SampleMean.of(samples.stream().mapToDouble(ProbeForms::squaredNorm).toArray());
    // Deflated samples can be below zero, and the mean of few of them, too.
    double norm = Math.sqrt(Math.max(squares.value(), 0));
    Double error = squares.standardError();
    if (error != null && error > 0) {
      error = norm > 0 ? (Double) (error / (2 * norm)) : null;
    }
    return new Estimate(norm, error, samples.size());
  }

  /**
   * The effective rank (tr A)² / ‖A‖_F² = (Σ λ_i)² / Σ λ_i². For a positive semi-definite A it lies
   * between 1 and the rank and is k for k equal eigenvalues; for an indefinite one it is smaller,
   * down to 0 where the eigenvalues cancel. The standard error is the delete-one jackknife over the
   * probes, which follows the correlation of numerator and denominator.
   *
   * <p>Bartlett, Long, Lugosi and Tsigler: Benign overfitting in linear regression, PNAS 117(48),
   * 2020, definition 3 (R_0).
   *
   * @param samples at least one
   * @return empty if the estimate of ‖A‖_F² is not above 0, as for the zero operator
   */
  public static Optional<Estimate> effectiveRank(List<ProbeForms> samples) {
    int count = samples.size();
    double[] traces = samples.stream().mapToDouble(ProbeForms::form).toArray();
    double[] squares = samples.stream().mapToDouble(ProbeForms::squaredNorm).toArray();
    double traceSum = Arrays.stream(traces).sum();
    double squareSum = Arrays.stream(squares).sum();
    OptionalDouble rank = ratio(traceSum, squareSum, count);
    if (rank.isEmpty()) {
      return Optional.empty();
    }
    double[] without =
        IntStream.range(0, count)
            .mapToObj(i -> ratio(traceSum - traces[i], squareSum - squares[i], count - 1))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    Double error = null;
    if (count >= SampleMean.MIN_SAMPLES && without.length == count) {
      // The jackknife's deviations are count - 1 times smaller than those of independent samples.
      error = (count - 1) * Objects.requireNonNull(SampleMean.of(without).standardError());
    }
    return Optional.of(new Estimate(rank.getAsDouble(), error, count));
  }

  private static OptionalDouble ratio(double traceSum, double squareSum, int count) {
    return squareSum > 0
        ? OptionalDouble.of(traceSum * traceSum / (count * squareSum))
        : OptionalDouble.empty();
  }

  /**
   * A number that was computed from the samples of random probes, without further products.
   *
   * @param value the estimate
   * @param standardError standard error over the probes; null with fewer than {@value
   *     SampleMean#MIN_SAMPLES} of them, whose spread says too little
   * @param probes probes behind it
   */
  public record Estimate(double value, @Nullable Double standardError, int probes) {}
}
