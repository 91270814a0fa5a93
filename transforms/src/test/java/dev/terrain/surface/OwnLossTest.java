package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.terrain.model.LinearNetworks;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix.Kind;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loss that is not built in: ℓ(f, y) = Σ_c cosh f_c, whatever the label. */
final class OwnLossTest {
  private static final RandomImages IMAGES = new RandomImages(11, 1, 4, 3, 5);
  private static final int PIXELS = 16;
  private static final int UNITS = 3;

  private final Network network = LinearNetworks.of(PIXELS, UNITS);
  private final Weights weights = Surfaces.weights(network, "cosh");
  private final NetworkSurface surface =
      new NetworkSurface(
          network, IMAGES, Surfaces.batches(11, 4), Precision.FLOAT64, OwnLossTest::cosh);

  private static NDArray cosh(NDArray outputs, NDArray labels) {
    return outputs.exp().add(outputs.neg().exp()).div(2).sum(new int[] {1});
  }

  /** The pixels, and 1 for the bias. */
  private static double[] inputs(int image) {
    double[] x = Arrays.copyOf(IMAGES.normalised(image), PIXELS + 1);
    x[PIXELS] = 1;
    return x;
  }

  private static int place(int unit, int input) {
    return input < PIXELS ? unit * PIXELS + input : UNITS * PIXELS + unit;
  }

  /** The unit's part of a vector in θ's order, times the inputs. */
  private static double along(double[] vector, int image, int unit) {
    double[] x = inputs(image);
    double sum = 0;
    for (int i = 0; i <= PIXELS; i++) {
      sum += vector[place(unit, i)] * x[i];
    }
    return sum;
  }

  /** Σ_n (1/11) s_n x_n for each unit, in θ's order. */
  private static double[] mean(ToDoubleBiFunction<Integer, Integer> scale) {
    double[] mean = new double[UNITS * (PIXELS + 1)];
    for (int n = 0; n < IMAGES.size(); n++) {
      double[] x = inputs(n);
      for (int unit = 0; unit < UNITS; unit++) {
        for (int i = 0; i <= PIXELS; i++) {
          mean[place(unit, i)] += scale.applyAsDouble(n, unit) * x[i] / IMAGES.size();
        }
      }
    }
    return mean;
  }

  @Test
  void lossAndGradient_areThoseOfTheFormula() {
    double loss = 0;
    for (int n = 0; n < IMAGES.size(); n++) {
      for (int unit = 0; unit < UNITS; unit++) {
        loss += Math.cosh(along(weights.theta(), n, unit)) / IMAGES.size();
      }
    }
    double[] gradient = mean((n, unit) -> Math.sinh(along(weights.theta(), n, unit)));
    assertThat(surface.evaluate(weights).loss()).isCloseTo(loss, within(1e-12));
    assertThat(surface.gradient(weights).loss()).isCloseTo(loss, within(1e-12));
    assertThat(surface.gradient(weights).gradient()).containsExactly(gradient, within(1e-12));
  }

  /** The outputs are linear in θ, so the two are equal: (1/n) Σ_n cosh(f_c) x x' for each c. */
  @ParameterizedTest
  @EnumSource(names = {"HESSIAN", "GAUSS_NEWTON"})
  void hessianAndGaussNewton_areThoseOfTheFormula(Kind kind) {
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    double[] expected =
        mean((n, unit) -> Math.cosh(along(weights.theta(), n, unit)) * along(v, n, unit));
    CurvatureMatrix matrix = new CurvatureMatrix(kind, "", 0);
    double[][] block = {v};
    assertThat(surface.products(matrix, weights, block, (batch, parts) -> {})[0])
        .containsExactly(expected, within(1e-11));
  }

  @ParameterizedTest
  @EnumSource(names = {"FISHER", "SAMPLED_FISHER"})
  void fisher_isRefused_forItNeedsTheDistributionOfTheLabels(Kind kind) {
    CurvatureMatrix matrix = new CurvatureMatrix(kind, "labels", 0);
    assertThatThrownBy(() -> surface.curvature(matrix, weights, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be CROSS_ENTROPY or SQUARED_ERROR for " + kind);
  }
}
