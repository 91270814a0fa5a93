package dev.terrain.curvature.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class TrustRegionTest {
  private static double model(double[] values, double[] c, double... delta) {
    double sum = 0;
    for (int i = 0; i < delta.length; i++) {
      sum += c[i] * delta[i] + values[i] / 2 * delta[i] * delta[i];
    }
    return sum;
  }

  /** The maximum over a fine grid of the circle and of the disc. */
  private static double bruteForce(double[] values, double[] c, double rho) {
    double best = 0;
    for (int r = 0; r <= 100; r++) {
      for (int k = 0; k < 20_000; k++) {
        double angle = 2 * Math.PI * k / 20_000;
        double radius = rho * r / 100;
        best = Math.max(best, model(values, c, radius * Math.cos(angle), radius * Math.sin(angle)));
      }
    }
    return best;
  }

  @Test
  void value_isTheMaximumOverTheDisc() {
    double[][] problems = {
      {3, -1, 0.2, 0.7}, {-2, -1, 3, 1}, {5, 4, 1e-3, 1e-3}, {0, 1, 2, 0.1}, {-1, -4, 0.3, 0.2}
    };
    for (double[] problem : problems) {
      double[] values = {problem[0], problem[1]};
      double[] c = {problem[2], problem[3]};
      assertThat(TrustRegion.largestIncrease(values, c, 0, 0.8))
          .isCloseTo(bruteForce(values, c, 0.8), within(1e-4));
    }
  }

  @Test
  void oneDimension_hasItsClosedForm() {
    // c ρ + θ/2 ρ²
    double increase = TrustRegion.largestIncrease(new double[] {4}, new double[] {-3}, 0, 0.5);
    assertThat(increase).isCloseTo(2, within(1e-12));
  }

  @Test
  void concaveModelWithANearMaximum_isSolvedInside() {
    // Maximum c²/(2|θ|) at c/|θ| = 0.25 < 1.
    double increase = TrustRegion.largestIncrease(new double[] {-4}, new double[] {1}, 0, 1);
    assertThat(increase).isCloseTo(0.125, within(1e-15));
  }

  @Test
  void gradientWithoutAShareOfTheTopVector_goesAlongItWithTheRestOfTheRadius() {
    // ν = 2: δ₂ = 0.3/(2 − 1) = 0.3, δ₁² = 1 − 0.09; 0.3·0.3 + ½·0.09 + ½·2·0.91.
    double increase = TrustRegion.largestIncrease(new double[] {2, 1}, new double[] {0, 0.3}, 0, 1);
    assertThat(increase).isCloseTo(0.09 + 0.045 + 0.91, within(1e-14));
  }

  @Test
  void remainder_countsAsADirectionWithoutCurvature() {
    double[] values = {3, -1};
    double[] c = {0.5, 0.2};
    double with = TrustRegion.largestIncrease(values, c, 0.4, 0.7);
    double same =
        TrustRegion.largestIncrease(new double[] {3, -1, 0}, new double[] {0.5, 0.2, 0.4}, 0, 0.7);
    assertThat(with).isCloseTo(same, within(1e-14));
    assertThat(TrustRegion.largestIncrease(new double[0], new double[0], 0.4, 0.7))
        .isCloseTo(0.28, within(1e-14));
  }

  @Test
  void zeroGradient_leavesHalfTheLargestEigenvalueTimesTheSquaredRadius() {
    assertThat(TrustRegion.largestIncrease(new double[] {6, -9}, new double[2], 0, 0.1))
        .isCloseTo(0.03, within(1e-15));
    assertThat(TrustRegion.largestIncrease(new double[] {-6, -9}, new double[2], 0, 0.1)).isZero();
  }

  @Test
  void argumentsOutOfRange_areRefused() {
    assertThatThrownBy(() -> TrustRegion.largestIncrease(new double[1], new double[1], 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rho (0.0)");
    assertThatThrownBy(() -> TrustRegion.largestIncrease(new double[1], new double[2], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values (1)");
  }
}
