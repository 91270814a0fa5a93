package dev.terrain.taxonomy.ruggedness;

import java.util.function.DoubleUnaryOperator;

/**
 * Integrals by the trapezoidal rule, which is exact up to rounding where functions vanish smoothly.
 */
final class Quadrature {
  private Quadrature() {}

  /** ∫ f over [from, to]. */
  static double integral(DoubleUnaryOperator f, double from, double to, int panels) {
    double step = (to - from) / panels;
    double sum = (f.applyAsDouble(from) + f.applyAsDouble(to)) / 2;
    for (int i = 1; i < panels; i++) {
      sum += f.applyAsDouble(from + i * step);
    }
    return sum * step;
  }

  /** E f(ξ), ξ standard normal. */
  static double gaussianMean(DoubleUnaryOperator f) {
    return integral(
        z -> f.applyAsDouble(z) * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI), -10, 10, 4_000);
  }
}
