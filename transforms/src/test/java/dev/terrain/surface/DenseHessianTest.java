package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.Network;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every entry of Hessians in float64. */
final class DenseHessianTest {
  private static final RandomImages IMAGES = new RandomImages(10, 1, 3, 3, 21);

  private static NetworkSurface surface(Network network, RandomImages images, Loss loss) {
    return new NetworkSurface(
        network, images, Surfaces.batches(images.size(), 4), Precision.FLOAT64, loss);
  }

  private static double[][] dense(LossSurface surface, CurvatureMatrix matrix, Weights weights) {
    double[][] identity = new double[surface.dimension()][surface.dimension()];
    for (int i = 0; i < identity.length; i++) {
      identity[i][i] = 1;
    }
    return surface.products(matrix, weights, identity, (batch, products) -> {});
  }

  private static double[] gradientAt(LossSurface surface, Weights weights, int i, double h) {
    double[] theta = weights.theta().clone();
    theta[i] += h;
    return surface.gradient(new Weights(theta, weights.statistics())).gradient();
  }

  @ParameterizedTest
  @EnumSource(LikelihoodLoss.class)
  void perceptron_hasTheHessianOfCentralDifferencesOfTheGradient_whichIsSymmetric(Loss loss) {
    Network network = Surfaces.mlp(IMAGES, 4, 3);
    NetworkSurface surface = surface(network, IMAGES, loss);
    Weights weights = Surfaces.weights(network, "dense");
    double[][] hessian = dense(surface, CurvatureMatrix.hessian(), weights);
    double largest =
        Arrays.stream(hessian).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    double h = 1e-6;
    for (int i = 0; i < hessian.length; i++) {
      double[] plus = gradientAt(surface, weights, i, h);
      double[] minus = gradientAt(surface, weights, i, -h);
      for (int j = 0; j < hessian.length; j++) {
        assertThat(hessian[i][j])
            .as("entry %s, %s", i, j)
            .isCloseTo((plus[j] - minus[j]) / (2 * h), within(1e-6 * largest))
            .isCloseTo(hessian[j][i], within(1e-13 * largest));
      }
    }
  }

  /**
   * Logistic regression is soft-max regression of two classes: the label depends on the difference
   * w_1 − w_0 alone, and the block of either class is X'DX/n, D = σ(1 − σ).
   */
  @Test
  void logisticRegression_hasItsClosedFormForHessianGaussNewtonAndFisher() {
    RandomImages images = new RandomImages(10, 1, 3, 2, 4);
    Network network = Surfaces.mlp(images);
    NetworkSurface surface = surface(network, images, Loss.CROSS_ENTROPY);
    Weights weights = Surfaces.weights(network, "logistic");
    double[] theta = weights.theta();
    double[][] expected = new double[10][10];
    for (int n = 0; n < images.size(); n++) {
      double[] x = Arrays.copyOf(images.normalised(n), 10);
      x[9] = 1;
      double z =
          IntStream.range(0, 10)
              .mapToDouble(i -> x[i] * (theta[place(1, i)] - theta[place(0, i)]))
              .sum();
      double sigma = 1 / (1 + Math.exp(-z));
      for (int i = 0; i < 10; i++) {
        for (int j = 0; j < 10; j++) {
          expected[i][j] += sigma * (1 - sigma) * x[i] * x[j] / images.size();
        }
      }
    }
    for (CurvatureMatrix matrix :
        new CurvatureMatrix[] {
          CurvatureMatrix.hessian(), CurvatureMatrix.gaussNewton(), CurvatureMatrix.fisher()
        }) {
      double[][] rows = dense(surface, matrix, weights);
      for (int i = 0; i < 10; i++) {
        for (int j = 0; j < 10; j++) {
          assertThat(rows[place(0, i)][place(0, j)]).isCloseTo(expected[i][j], within(1e-13));
          assertThat(rows[place(1, i)][place(1, j)]).isCloseTo(expected[i][j], within(1e-13));
          assertThat(rows[place(0, i)][place(1, j)]).isCloseTo(-expected[i][j], within(1e-13));
        }
      }
    }
  }

  /** Place of the weight from input i (9: the bias) to class c in θ = (W row by row, b). */
  private static int place(int c, int i) {
    return i == 9 ? 18 + c : 9 * c + i;
  }

  @Test
  void theLossOfASample_isTheMeanOverItsImages() {
    Network network = Surfaces.mlp(IMAGES, 4);
    for (Loss loss : LikelihoodLoss.values()) {
      NetworkSurface surface = surface(network, IMAGES, loss);
      Weights weights = Surfaces.weights(network, "mean");
      double sum = Arrays.stream(surface.evaluate(weights).losses()).sum();
      assertThat(surface.gradient(weights).loss()).isCloseTo(sum / 10, within(1e-14));
      assertThat(surface.evaluate(weights).loss()).isCloseTo(sum / 10, within(1e-14));
    }
  }
}
