package dev.terrain.curvature.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;

/** Sharpness of the quadratic loss ½ θ'Hθ, whose values have closed forms. */
final class SharpnessTest {
  private static final double[][] HESSIAN = MatrixOperator.rotated(4, -1, 2, 0.5).rows();
  private static final QuadraticSurface SURFACE = QuadraticSurface.of(HESSIAN);
  private static final Weights WEIGHTS =
      new Weights(new double[] {0.7, -1.2, 0, 0.4}, new double[0]);

  private static double loss(double[] theta) {
    double[] product = QuadraticSurface.multiply(HESSIAN, theta);
    return IntStream.range(0, 4).mapToDouble(i -> 0.5 * theta[i] * product[i]).sum();
  }

  private static double increase(double[] delta) {
    double[] theta = WEIGHTS.theta();
    return loss(IntStream.range(0, 4).mapToDouble(i -> theta[i] + delta[i]).toArray())
        - loss(theta);
  }

  @Test
  void oneStep_isTheIncreaseAlongTheGradient() {
    double[] g = QuadraticSurface.multiply(HESSIAN, WEIGHTS.theta());
    double norm = OrthonormalBasis.norm(g);
    ScalarMeasure measure = OneStepSharpness.sam().measure(SURFACE, WEIGHTS);
    double expected =
        increase(IntStream.range(0, 4).mapToDouble(i -> 0.05 * g[i] / norm).toArray());
    assertThat(measure.value()).isCloseTo(expected, within(1e-14));
    assertThat(measure.cost()).isEqualTo(new ScalarMeasure.Cost(2, 1, 0));
  }

  @Test
  void adaptiveStep_weighsEveryComponentByItsWeight() {
    double[] g = QuadraticSurface.multiply(HESSIAN, WEIGHTS.theta());
    double[] t =
        IntStream.range(0, 4).mapToDouble(i -> Math.abs(WEIGHTS.theta()[i]) + 0.01).toArray();
    double norm =
        Math.sqrt(IntStream.range(0, 4).mapToDouble(i -> t[i] * t[i] * g[i] * g[i]).sum());
    double[] delta =
        IntStream.range(0, 4).mapToDouble(i -> 0.5 * t[i] * t[i] * g[i] / norm).toArray();
    assertThat(OneStepSharpness.adaptive().measure(SURFACE, WEIGHTS).value())
        .isCloseTo(increase(delta), within(1e-14));
  }

  @Test
  void oneStep_withoutGradient_isNotDefined() {
    Weights zero = new Weights(new double[4], new double[0]);
    ScalarMeasure measure = OneStepSharpness.sam().measure(SURFACE, zero);
    assertThat(measure.value()).isNull();
    assertThat(measure.reason()).contains("gradient is zero");
  }

  @Test
  void dataError_isThatOfThePairedDifferences() {
    // Losses ½ and 3/2 of θ²; the step is ρ = 0.1 from θ = 1: differences 0.105 and 0.315 of 2 + 2
    // images.
    QuadraticSurface surface =
        new QuadraticSurface(new double[][][] {{{1}}, {{3}}}, new int[] {2, 2});
    ScalarMeasure measure =
        new OneStepSharpness(0.1, Scales.absolute())
            .measure(surface, new Weights(new double[] {1}, new double[0]));
    assertThat(measure.value()).isCloseTo(0.21, within(1e-14));
    assertThat(measure.dataStandardError())
        .isCloseTo(Math.sqrt(4 * 0.105 * 0.105 / 3 / 4), within(1e-14));
  }

  @Test
  void averageSharpness_isHalfTheRescaledTraceForAQuadraticLoss() {
    double expected = 0;
    double variance = 0;
    double[] theta = WEIGHTS.theta();
    for (int i = 0; i < 4; i++) {
      expected += HESSIAN[i][i] * theta[i] * theta[i] * 0.3 * 0.3 / 2;
      for (int j = 0; j < 4; j++) {
        // Variance 2 ‖ρ²/2 THT‖_F² of a Gaussian quadratic form.
        double entry = 0.3 * 0.3 / 2 * theta[i] * HESSIAN[i][j] * theta[j];
        variance += 2 * entry * entry;
      }
    }
    ScalarMeasure measure =
        new AverageSharpness(0.3, Scales.relative(0), 4000).measure(SURFACE, WEIGHTS, "average");
    double standardError = Math.sqrt(variance / 4000);
    assertThat(measure.value()).isCloseTo(expected, within(4 * standardError));
    assertThat(measure.standardError()).isCloseTo(standardError, within(0.1 * standardError));
    assertThat(measure.cost().evaluations()).isEqualTo(8001);
  }

  @Test
  void worstCaseInABall_reachesTheExactMaximumOfAQuadraticLoss() {
    EigenDecompositionSymmetric pairs =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(HESSIAN));
    double[] g = QuadraticSurface.multiply(HESSIAN, WEIGHTS.theta());
    double[] c = pairs.getV().preMultiply(g);
    double exact = TrustRegion.largestIncrease(pairs.getEigenvalues(), c, 0, 0.5);
    ScalarMeasure measure =
        new WorstCaseSharpness(0.5, Scales.absolute(), 60).measure(SURFACE, WEIGHTS);
    assertThat(measure.value()).isCloseTo(exact, within(1e-6 * exact));
    assertThat(measure.value())
        .isGreaterThan(
            new OneStepSharpness(0.5, Scales.absolute()).measure(SURFACE, WEIGHTS).value());
    assertThat(measure.cost()).isEqualTo(new ScalarMeasure.Cost(2, 60, 0));
  }

  @Test
  void worstCaseInAScaledBall_isThatOfTheRescaledLoss() {
    double[] t =
        IntStream.range(0, 4).mapToDouble(i -> Math.abs(WEIGHTS.theta()[i]) + 0.01).toArray();
    double[][] rows = new double[4][4];
    double[] g = QuadraticSurface.multiply(HESSIAN, WEIGHTS.theta());
    for (int i = 0; i < 4; i++) {
      g[i] *= t[i];
      for (int j = 0; j < 4; j++) {
        rows[i][j] = t[i] * HESSIAN[i][j] * t[j];
      }
    }
    EigenDecompositionSymmetric pairs =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(rows));
    double exact =
        TrustRegion.largestIncrease(pairs.getEigenvalues(), pairs.getV().preMultiply(g), 0, 0.5);
    assertThat(
            new WorstCaseSharpness(0.5, Scales.relative(0.01), 60)
                .measure(SURFACE, WEIGHTS)
                .value())
        .isCloseTo(exact, within(1e-6 * exact));
  }

  @Test
  void keskarSharpness_isTheBestCornerOfTheBoxInPercent() {
    // A convex loss has its maximum over a box in a corner.
    double[][] convex = MatrixOperator.rotated(4, 1, 2, 0.5).rows();
    double[] theta = WEIGHTS.theta();
    QuadraticSurface surface = QuadraticSurface.of(convex);
    double here = surface.evaluate(WEIGHTS).loss();
    double best = 0;
    for (int corner = 0; corner < 16; corner++) {
      double[] moved = theta.clone();
      for (int i = 0; i < 4; i++) {
        moved[i] += ((corner >> i & 1) == 1 ? 1 : -1) * 0.001 * (Math.abs(theta[i]) + 1);
      }
      best = Math.max(best, surface.evaluate(new Weights(moved, new double[0])).loss() - here);
    }
    ScalarMeasure measure = KeskarSharpness.standard().measure(surface, WEIGHTS);
    assertThat(measure.value()).isCloseTo(100 * best / (1 + here), within(1e-12));
    assertThat(measure.cost()).isEqualTo(new ScalarMeasure.Cost(2, 10, 0));
  }

  @Test
  void atAMaximum_theWorstCaseIsNoIncrease() {
    QuadraticSurface hill = QuadraticSurface.of(MatrixOperator.diagonal(-1, -2).rows());
    Weights top = new Weights(new double[2], new double[0]);
    assertThat(WorstCaseSharpness.inBall().measure(hill, top).value()).isZero();
  }

  @Test
  void argumentsOutOfRange_areRefused() {
    assertThatThrownBy(() -> new OneStepSharpness(0, Scales.absolute()))
        .hasMessageContaining("rho (0.0)");
    assertThatThrownBy(() -> new AverageSharpness(1, Scales.absolute(), 1))
        .hasMessageContaining("directions (1)");
    assertThatThrownBy(() -> new WorstCaseSharpness(1, Scales.absolute(), 1))
        .hasMessageContaining("steps (1)");
    assertThatThrownBy(() -> new KeskarSharpness(-1, 10)).hasMessageContaining("epsilon (-1.0)");
    assertThatThrownBy(() -> Scales.relative(-1)).hasMessageContaining("eta (-1.0)");
  }
}
