package dev.terrain.taxonomy.trend;

import org.hipparchus.special.Beta;

/** Quantiles of Student's distribution. */
final class StudentQuantile {
  private static final int BISECTIONS = 80;
  private static final double LARGEST = 1e6;

  private StudentQuantile() {}

  /**
   * The t with P(|T| ≤ t) = level for T with ν degrees of freedom.
   *
   * @param level in (0, 1)
   * @param degreesOfFreedom ν, above 0
   */
  static double twoSided(double level, double degreesOfFreedom) {
    double lower = 0;
    double upper = LARGEST;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (lower + upper) / 2;
      double share = degreesOfFreedom / (degreesOfFreedom + middle * middle);
      if (Beta.regularizedBeta(share, degreesOfFreedom / 2, 0.5) > 1 - level) {
        lower = middle;
      } else {
        upper = middle;
      }
    }
    return lower;
  }
}
