package dev.terrain.curvature.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Measures that do not change when ReLU units are rescaled, on a net of two layers without bias.
 */
final class ScaleInvarianceTest {
  private static final RandomImages IMAGES = new RandomImages(9, 1, 4, 3, 8);
  private static final int HIDDEN = 6;
  private static final Network NETWORK = Surfaces.mlp(IMAGES, HIDDEN);
  private static final NetworkSurface SURFACE =
      new NetworkSurface(NETWORK, IMAGES, Surfaces.batches(9, 4), Precision.FLOAT64);
  // θ = (W1 6 x 16, b1 6, W2 3 x 6, b2 3) with biases 0.
  private static final int SECOND = 6 * 16 + 6;

  private static Weights weights() {
    double[] theta = Surfaces.gaussian(NETWORK.dimension(), "without bias");
    for (int i = 0; i < HIDDEN; i++) {
      theta[6 * 16 + i] = 0;
    }
    for (int i = 0; i < 3; i++) {
      theta[SECOND + 18 + i] = 0;
    }
    return new Weights(theta, new double[0]);
  }

  /** Unit 0's inputs times 5, its outputs divided by it: the same function. */
  private static Weights rescaled() {
    double[] theta = weights().theta();
    for (int i = 0; i < 16; i++) {
      theta[i] *= 5;
    }
    for (int s = 0; s < 3; s++) {
      theta[SECOND + 6 * s] /= 5;
    }
    return new Weights(theta, new double[0]);
  }

  private static double[] hidden(double[] theta, int image) {
    double[] x = IMAGES.normalised(image);
    double[] z = new double[HIDDEN];
    for (int h = 0; h < HIDDEN; h++) {
      for (int i = 0; i < 16; i++) {
        z[h] += theta[16 * h + i] * x[i];
      }
      z[h] = Math.max(0, z[h]);
    }
    return z;
  }

  private static double[] outputs(double[] theta, int image) {
    double[] z = hidden(theta, image);
    double[] f = new double[3];
    for (int s = 0; s < 3; s++) {
      for (int h = 0; h < HIDDEN; h++) {
        f[s] += theta[SECOND + 6 * s + h] * z[h];
      }
    }
    return f;
  }

  private static double[] softmax(double[] f) {
    double largest = Math.max(f[0], Math.max(f[1], f[2]));
    double[] p = {Math.exp(f[0] - largest), Math.exp(f[1] - largest), Math.exp(f[2] - largest)};
    double sum = p[0] + p[1] + p[2];
    return new double[] {p[0] / sum, p[1] / sum, p[2] / sum};
  }

  private static SurfaceOperator operator(CurvatureMatrix matrix, Weights weights) {
    return new SurfaceOperator(SURFACE, matrix, weights);
  }

  private static double fisherRao(CurvatureMatrix matrix, Weights weights) {
    return FisherRaoNorm.measure(operator(matrix, weights), weights.theta()).value();
  }

  /** θ'Fθ = L² E⟨∂ℓ/∂f, f⟩² with labels of the data, L² E Var_p f with those of the model. */
  @Test
  void fisherRaoNorm_isThatOfTheOutputsTimesTheSquaredDepth() {
    double[] theta = weights().theta();
    double empirical = 0;
    double exact = 0;
    for (int n = 0; n < 9; n++) {
      double[] f = outputs(theta, n);
      double[] p = softmax(f);
      double mean = 0;
      double square = 0;
      for (int s = 0; s < 3; s++) {
        mean += p[s] * f[s];
        square += p[s] * f[s] * f[s];
      }
      empirical += 4 * Math.pow(mean - f[IMAGES.label(n)], 2) / 9;
      exact += 4 * (square - mean * mean) / 9;
    }
    assertThat(fisherRao(CurvatureMatrix.empiricalFisher(), weights()))
        .isCloseTo(empirical, within(1e-11 * empirical));
    assertThat(fisherRao(CurvatureMatrix.fisher(), weights()))
        .isCloseTo(exact, within(1e-11 * exact));
    assertThat(
            FisherRaoNorm.measure(operator(CurvatureMatrix.fisher(), weights()), theta)
                .dataStandardError())
        .isPositive();
  }

  /** Mean of ‖z‖² Σ_ss' ⟨w_s, w_s'⟩ (p_s δ_ss' − p_s p_s'). */
  private static double relativeFlatness(Weights weights) {
    double[] theta = weights.theta();
    double sum = 0;
    for (int n = 0; n < 9; n++) {
      double[] z = hidden(theta, n);
      double[] p = softmax(outputs(theta, n));
      double norm2 = OrthonormalBasis.dot(z, z);
      for (int s = 0; s < 3; s++) {
        for (int t = 0; t < 3; t++) {
          double product = 0;
          for (int h = 0; h < HIDDEN; h++) {
            product += theta[SECOND + 6 * s + h] * theta[SECOND + 6 * t + h];
          }
          sum += norm2 * product * ((s == t ? p[s] : 0) - p[s] * p[t]) / 9;
        }
      }
    }
    return sum;
  }

  private static ScalarMeasure lastLayer(Weights weights) {
    return RelativeFlatness.ofLastLayer(
        SURFACE,
        weights,
        ParameterSubset.named(NETWORK, "fc2.weight"),
        ParameterSubset.named(NETWORK, "fc2"),
        OutputCurvature.SOFTMAX);
  }

  @Test
  void relativeFlatnessOfTheLastLayer_isItsClosedForm() {
    double expected = relativeFlatness(weights());
    ScalarMeasure measure = lastLayer(weights());
    assertThat(measure.value()).isCloseTo(expected, within(1e-11 * expected));
    // 6 inputs, 3 classes.
    assertThat(measure.cost()).isEqualTo(new ScalarMeasure.Cost(3, 0, 0));
  }

  @Test
  void relativeFlatness_isNotDefinedWhereTheLastLayerHasNoRowForEachOutput() {
    ParameterSubset layer = ParameterSubset.named(NETWORK, "fc2");
    ParameterSubset unequal = ParameterSubset.whole(NETWORK.dimension() + 1);
    ScalarMeasure measure =
        RelativeFlatness.ofLastLayer(SURFACE, weights(), unequal, layer, OutputCurvature.SOFTMAX);
    assertThat(measure.value()).isNull();
    assertThat(measure.reason()).endsWith("has no row of weights for each of 3 outputs");
  }

  @Test
  void rescaledUnits_changeTheTraceButNoInvariantMeasure() {
    Weights before = weights();
    Weights after = rescaled();
    assertThat(SURFACE.evaluate(after).loss())
        .isCloseTo(SURFACE.evaluate(before).loss(), within(1e-12));
    assertThat(trace(after)).isGreaterThan(1.1 * trace(before));
    assertThat(fisherRao(CurvatureMatrix.fisher(), after))
        .isCloseTo(fisherRao(CurvatureMatrix.fisher(), before), within(1e-10));
    assertThat(relativeTrace(after)).isCloseTo(relativeTrace(before), within(1e-9));
    ScalarMeasure average =
        new AverageSharpness(0.01, Scales.relative(0), 4).measure(SURFACE, before, "a");
    ScalarMeasure same =
        new AverageSharpness(0.01, Scales.relative(0), 4).measure(SURFACE, after, "a");
    assertThat(same.value()).isCloseTo(average.value(), within(1e-11));
  }

  @Test
  void relativeFlatness_doesNotChangeWhenAWholeLayerIsRescaledAgainstTheNext() {
    double[] theta = weights().theta();
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= i < SECOND ? 5 : 1.0 / 5;
    }
    double expected = lastLayer(weights()).value();
    assertThat(lastLayer(new Weights(theta, new double[0])).value())
        .isCloseTo(expected, within(1e-11 * expected));
  }

  /** tr D H D, D = diag(θ). */
  private static double relativeTrace(Weights weights) {
    double[] squares = new double[weights.theta().length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = weights.theta()[i] * weights.theta()[i];
    }
    return trace(weights, squares);
  }

  private static double trace(Weights weights) {
    double[] ones = new double[weights.theta().length];
    Arrays.fill(ones, 1);
    return trace(weights, ones);
  }

  private static double trace(Weights weights, double[] factors) {
    double[][] identity = new double[factors.length][factors.length];
    for (int i = 0; i < identity.length; i++) {
      identity[i][i] = 1;
    }
    double[][] rows = operator(CurvatureMatrix.hessian(), weights).apply(identity);
    double trace = 0;
    for (int i = 0; i < rows.length; i++) {
      trace += factors[i] * rows[i][i];
    }
    return trace;
  }
}
