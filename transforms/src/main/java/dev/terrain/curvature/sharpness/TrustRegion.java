package dev.terrain.curvature.sharpness;

/**
 * The largest increase of a quadratic model, max g'δ + ½ δ'Hδ over ‖δ‖ ≤ ρ, exactly, from the
 * eigenvalues θ_i of H (or the Ritz values of a Krylov space that g starts) and the coefficients
 * c_i = u_i'g. The maximiser is δ = (νI − H)⁻¹g with ν ≥ max(θ_max, 0) and ‖δ‖ = ρ, or ν = 0 inside
 * the ball (Moré and Sorensen 1983, section 2); in the hard case, where g has no share of the top
 * eigenvector, the rest of ρ goes along it.
 */
final class TrustRegion {
  private static final int MAX_BISECTIONS = 2000;

  private TrustRegion() {}

  /**
   * The increase, at least 0.
   *
   * @param values θ_i
   * @param coefficients c_i of the same vectors
   * @param remainder norm of the part of g outside their span, at least 0; the model is taken to
   *     have no curvature along it. A Krylov space that starts with g leaves none
   * @param rho ρ, above 0
   * @throws IllegalArgumentException if an argument is out of its range
   */
  static double largestIncrease(
      double[] values, double[] coefficients, double remainder, double rho) {
    Perturbation.requireRadius(rho);
    if (values.length != coefficients.length || !(remainder >= 0)) {
      throw new IllegalArgumentException(
          "values ("
              + values.length
              + ") must be as many as coefficients ("
              + coefficients.length
              + ") and remainder ("
              + remainder
              + ") at least 0");
    }
    return new SecularEquation(values, coefficients, remainder, rho).largestIncrease();
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record SecularEquation(
      double[] values, double[] coefficients, double remainder, double rho) {

    double largestIncrease() {
      double lowest = 0;
      for (double value : values) {
        lowest = Math.max(lowest, value);
      }
      if (norm(lowest) <= rho) {
        return atLowest(lowest);
      }
      // ‖δ(ν)‖ ≤ ‖g‖ / (ν − lowest), so the root lies below this.
      double low = lowest;
      double high = lowest + gradientNorm() / rho;
      for (int i = 0; i < MAX_BISECTIONS && high - low > Math.ulp(high); i++) {
        double middle = low + (high - low) / 2;
        if (norm(middle) > rho) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return increase(high);
    }

    /** ν = lowest satisfies the constraint: inside the ball, or with a share of the top vector. */
    private double atLowest(double lowest) {
      double length = norm(lowest);
      double spare = lowest > 0 ? rho * rho - length * length : 0;
      return increase(lowest) + lowest / 2 * spare;
    }

    private double gradientNorm() {
      double squares = remainder * remainder;
      for (double coefficient : coefficients) {
        squares += coefficient * coefficient;
      }
      return Math.sqrt(squares);
    }

    private double norm(double nu) {
      double squares = square(component(remainder, nu, 0));
      for (int i = 0; i < values.length; i++) {
        squares += square(component(coefficients[i], nu, values[i]));
      }
      return Math.sqrt(squares);
    }

    private double increase(double nu) {
      double rest = component(remainder, nu, 0);
      double sum = remainder * rest;
      for (int i = 0; i < values.length; i++) {
        double delta = component(coefficients[i], nu, values[i]);
        sum += coefficients[i] * delta + values[i] / 2 * delta * delta;
      }
      return sum;
    }

    private static double component(double coefficient, double nu, double value) {
      return coefficient == 0 ? 0 : coefficient / (nu - value);
    }

    private static double square(double x) {
      return x * x;
    }
  }
}
