package dev.terrain.similarity;

import dev.terrain.statistics.Jackknife;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Linear centred kernel alignment of two models' features X (n × p) and Y (n × q) on the same n
 * examples: HSIC(X, Y) / √(HSIC(X, X) HSIC(Y, Y)), 1 for features that are equal but for rotation,
 * shift and scale (Kornblith, Norouzi, Lee and Hinton: Similarity of neural network representations
 * revisited, 2019). Symmetric. It is not invariant to a general linear map.
 *
 * <p>The standard error is the delete-a-group jackknife over 10 groups of every tenth example;
 * where all groups agree to rounding it is unknown, not 0.
 *
 * <p>Undefined, with the reason, if a representation has values that are not finite, is constant,
 * or varies so little that the rounding of its single-precision values may change the alignment by
 * more than {@value #ROUNDING_ALLOWED}. The bound: where kernels XX' and YY' change by shares κ_X
 * and κ_Y of their norms, the cosine between them changes by κ_X + κ_Y at most.
 */
public final class LinearCka {
  private static final int JACKKNIFE_GROUPS = 10;

  /** A hundredth leaves the two digits of which thresholds and reports make use. */
  private static final double ROUNDING_ALLOWED = 0.01;

  /** Differences in double precision below this share of their terms are taken as rounding. */
  private static final double ROUNDING = 1e-12;

  private static final String MAY_CHANGE =
      "rounding in single precision may change the value by more than " + ROUNDING_ALLOWED;

  private LinearCka() {}

  /**
   * The study's estimator (variant {@code paper}, its equation 3): ‖Y'X‖_F² / (‖X'X‖_F ‖Y'Y‖_F) of
   * the centred features. It is biased upwards: about p/(n + p) for independent Gaussian features.
   * Undefined also for n &lt; 3: it is 1 for any two examples.
   *
   * @throws IllegalArgumentException if the numbers of examples differ
   */
  public static CkaValue biased(Representation x, Representation y) {
    return withJackknife(x, y, LinearCka::biasedOf);
  }

  /**
   * The ratio of unbiased estimates HSIC₁ (variant {@code debiased}; Song, Smola, Gretton, Bedo and
   * Borgwardt: Feature selection via dependence maximization, 2012, equation 5), which is about 0
   * for independent features. Undefined also for n &lt; 4, and if an estimate HSIC₁(X, X) is not
   * positive, or is so much smaller than the terms it is a difference of that rounding matters.
   *
   * @throws IllegalArgumentException if the numbers of examples differ
   */
  public static CkaValue debiased(Representation x, Representation y) {
    return withJackknife(x, y, LinearCka::debiasedOf);
  }

  /** The jackknife for groups of uneven size: Busing, Meijer and van der Leeden 1999. */
  private static CkaValue withJackknife(
      Representation x,
      Representation y,
      BiFunction<CentredFeatures, CentredFeatures, CkaValue> estimator) {
    CkaValue whole = estimate(x, y, estimator);
    int groups = Math.min(JACKKNIFE_GROUPS, x.rows());
    if (whole.value() == null || groups < 2) {
      return whole;
    }
    double[] leftOut = new double[groups];
    double[] ratios = new double[groups];
    for (int group = 0; group < groups; group++) {
      Representation rest = x.without(group, groups);
      CkaValue left = estimate(rest, y.without(group, groups), estimator);
      if (left.value() == null) {
        return whole;
      }
      leftOut[group] = left.value();
      ratios[group] = x.rows() / (double) (x.rows() - rest.rows());
    }
    double error = Jackknife.ofPseudoValues(whole.value(), leftOut, ratios);
    return error <= ROUNDING ? whole : whole.withDataStandardError(error);
  }

  private static CkaValue estimate(
      Representation x,
      Representation y,
      BiFunction<CentredFeatures, CentredFeatures, CkaValue> estimator) {
    if (x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          "both representations must be of the same examples, not of "
              + x.rows()
              + " and "
              + y.rows());
    }
    if (!finite(x) || !finite(y)) {
      return CkaValue.undefined(name(!finite(x)) + " has a value that is not finite");
    }
    CentredFeatures first = new CentredFeatures(x);
    CentredFeatures second = new CentredFeatures(y);
    boolean ofFirst = first.kernelRounding() >= second.kernelRounding();
    if (first.kernelRounding() + second.kernelRounding() <= ROUNDING_ALLOWED) {
      return estimator.apply(first, second);
    }
    CentredFeatures lesser = ofFirst ? first : second;
    return CkaValue.undefined(
        lesser.variation() == 0
            ? name(ofFirst) + " is constant over the examples"
            : name(ofFirst)
                + " varies over the examples by %.2g of its size only; "
                    .formatted(lesser.variation())
                + MAY_CHANGE);
  }

  private static CkaValue biasedOf(CentredFeatures x, CentredFeatures y) {
    if (x.rows() < 3) {
      return CkaValue.undefined("2 examples have the alignment 1 whatever their features");
    }
    return CkaValue.defined(x.crossProduct(y) / (x.kernelNorm() * y.kernelNorm()));
  }

  private static CkaValue debiasedOf(CentredFeatures x, CentredFeatures y) {
    if (x.rows() < 4) {
      return CkaValue.undefined(
          "the debiased estimator needs at least 4 examples, not " + x.rows());
    }
    Hsic selfX = Hsic.of(x, x);
    Hsic selfY = Hsic.of(y, y);
    if (!selfX.isPositive() || !selfY.isPositive()) {
      return CkaValue.undefined(
          "the unbiased HSIC of " + name(!selfX.isPositive()) + " with itself is not positive");
    }
    double cancellation = Math.max(selfX.cancellation(), selfY.cancellation());
    if ((x.kernelRounding() + y.kernelRounding()) * cancellation > ROUNDING_ALLOWED) {
      return CkaValue.undefined(
          "the unbiased HSIC of %s with itself is %.2g times smaller than its terms; "
                  .formatted(name(selfX.cancellation() == cancellation), cancellation)
              + MAY_CHANGE);
    }
    return CkaValue.defined(
        Hsic.of(x, y).value() / (Math.sqrt(selfX.value()) * Math.sqrt(selfY.value())));
  }

  /**
   * n (n - 3) HSIC₁ from features alone, without the n × n kernel matrices: ‖Y'X‖_F² - n/(n - 2)
   * Σ_i ‖x_i‖² ‖y_i‖² + Σ_i ‖x_i‖² Σ_i ‖y_i‖² / ((n - 1)(n - 2)) for centred features.
   *
   * @param terms sum of the absolute values of the three
   */
  private record Hsic(double value, double terms) {
    static Hsic of(CentredFeatures x, CentredFeatures y) {
      double n = x.rows();
      double[] normsX = x.squaredNorms();
      double[] normsY = y.squaredNorms();
      double sumX = 0;
      double sumY = 0;
      double sumXy = 0;
      for (int i = 0; i < normsX.length; i++) {
        sumX += normsX[i];
        sumY += normsY[i];
        sumXy += normsX[i] * normsY[i];
      }
      double cross = x.crossProduct(y);
      double diagonal = n / (n - 2) * sumXy;
      double mean = sumX * sumY / ((n - 1) * (n - 2));
      double hsic = cross - diagonal + mean;
      double terms = cross + diagonal + mean;
      return new Hsic(Math.abs(hsic) <= ROUNDING * terms ? 0 : hsic, terms);
    }

    boolean isPositive() {
      return value > 0;
    }

    double cancellation() {
      return terms / value;
    }
  }

  private static boolean finite(Representation representation) {
    return Arrays.stream(representation.values()).allMatch(Double::isFinite);
  }

  private static String name(boolean first) {
    return first ? "the first representation" : "the second representation";
  }
}
