package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.LinearNetworks;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dense Hessians of the squared error of linear networks against their closed forms, in float64.
 */
final class LinearNetworkHessianTest {
  private static double[][] dense(Network network, PixelRows images, int batch, double[] theta) {
    NetworkSurface surface =
        new NetworkSurface(
            network,
            images,
            Surfaces.batches(images.size(), batch),
            Precision.FLOAT64,
            Loss.SQUARED_ERROR);
    Weights weights = new Weights(theta, new double[0]);
    return IntStream.range(0, theta.length)
        .mapToObj(
            i -> {
              double[] basis = new double[theta.length];
              basis[i] = 1;
              return surface.hessianProduct(weights, basis).product();
            })
        .toArray(double[][]::new);
  }

  private static int[][] randomPixels(int rows, int columns) {
    CounterRandom random = CounterRandom.of("linear", "pixels", rows);
    return IntStream.range(0, rows)
        .mapToObj(i -> IntStream.range(0, columns).map(j -> random.nextInt(10)).toArray())
        .toArray(int[][]::new);
  }

  @Test
  void linearRegression_hasTwiceTheSecondMomentsOfTheInputsForEachOutput() {
    PixelRows images = new PixelRows(randomPixels(11, 3), new int[11], 2);
    double[] theta = Surfaces.gaussian(8, "regression");
    double[][] hessian = dense(LinearNetworks.of(3, 2), images, 4, theta);
    // θ = (W row by row, b); the input of a bias is 1.
    for (int c = 0; c < 2; c++) {
      for (int d = 0; d < 2; d++) {
        for (int i = 0; i <= 3; i++) {
          for (int j = 0; j <= 3; j++) {
            double sum = 0;
            for (int[] x : images.pixels()) {
              sum += (i == 3 ? 1 : x[i]) * (j == 3 ? 1.0 : x[j]);
            }
            double expected = c == d ? 2 * sum / 11 : 0;
            int row = i == 3 ? 6 + c : 3 * c + i;
            int column = j == 3 ? 6 + d : 3 * d + j;
            assertThat(hessian[row][column]).isCloseTo(expected, within(1e-11));
          }
        }
      }
    }
  }

  /** f = a (b x + e) + g at x = 1, y = 1, loss (f − 1)², θ = (b, e, a, g). */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 0.5", "-0.7, 1.9"})
  void scalarDeepLinearNetwork_hasItsTwoByTwoClosedForm(double a, double b) {
    PixelRows images = new PixelRows(new int[][] {{1}}, new int[] {0}, 1);
    double[][] hessian = dense(LinearNetworks.of(1, 1, 1), images, 1, new double[] {b, 0, a, 0});
    assertThat(hessian[2][2]).isCloseTo(2 * b * b, within(1e-12));
    assertThat(hessian[0][0]).isCloseTo(2 * a * a, within(1e-12));
    assertThat(hessian[0][2]).isCloseTo(2 * (2 * a * b - 1), within(1e-12));
    assertThat(hessian[2][0]).isCloseTo(2 * (2 * a * b - 1), within(1e-12));
  }

  // W1 = (I | 0), W2 = (I; 0): images (e_k, p, q) of class k < 3 of 4 are mapped exactly.
  private static final Network TWO_LAYERS = LinearNetworks.of(5, 3, 4);
  private static final int[] WEIGHTS =
      IntStream.concat(IntStream.range(0, 15), IntStream.range(18, 30)).toArray();

  private static PixelRows mappedExactly() {
    int[][] pixels = randomPixels(12, 5);
    int[] labels = new int[12];
    for (int n = 0; n < 12; n++) {
      labels[n] = n % 3;
      for (int k = 0; k < 3; k++) {
        pixels[n][k] = k == labels[n] ? 1 : 0;
      }
    }
    return new PixelRows(pixels, labels, 4);
  }

  private static double[] exactMap() {
    double[] theta = new double[5 * 3 + 3 + 3 * 4 + 4];
    for (int k = 0; k < 3; k++) {
      theta[5 * k + k] = 1;
      theta[18 + 3 * k + k] = 1;
    }
    return theta;
  }

  @Test
  void twoLayerLinearNetworkWithoutResidual_hasTheRankOfItsGaugeFreedom() {
    double[][] hessian = dense(TWO_LAYERS, mappedExactly(), 5, exactMap());
    double[][] ofWeights =
        Arrays.stream(WEIGHTS)
            .mapToObj(i -> Arrays.stream(WEIGHTS).mapToDouble(j -> hessian[i][j]).toArray())
            .toArray(double[][]::new);
    double[] eigenvalues =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(ofWeights)).getEigenvalues();
    assertThat(eigenvalues).hasSize(27);
    assertThat(Arrays.stream(eigenvalues).min().orElseThrow()).isGreaterThan(-1e-10);
    assertThat(Arrays.stream(eigenvalues).filter(value -> value < 1e-10).count()).isEqualTo(9);
  }

  /** W1 → (I + εE) W1, W2 → W2 (I − εE) leaves W2 W1: the direction (E W1, −W2 E). */
  @Test
  void twoLayerLinearNetworkWithoutResidual_hasItsNullSpaceAlongTheGauge() {
    double[][] hessian = dense(TWO_LAYERS, mappedExactly(), 5, exactMap());
    double[] theta = exactMap();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double[] direction = new double[theta.length];
        for (int k = 0; k < 5; k++) {
          direction[5 * i + k] = theta[5 * j + k];
        }
        for (int k = 0; k < 4; k++) {
          direction[18 + 3 * k + j] = -theta[18 + 3 * k + i];
        }
        assertThat(QuadraticSurface.multiply(hessian, direction))
            .as("E with 1 at %s, %s", i, j)
            .containsExactly(new double[theta.length], within(1e-12));
      }
    }
  }

  @Test
  void hessianWithoutResidual_isTheGaussNewtonMatrix() {
    double[] theta = exactMap();
    double[][] hessian = dense(TWO_LAYERS, mappedExactly(), 5, theta);
    double[][] identity = new double[theta.length][theta.length];
    for (int i = 0; i < theta.length; i++) {
      identity[i][i] = 1;
    }
    double[][] gaussNewton =
        new NetworkSurface(
                TWO_LAYERS,
                mappedExactly(),
                Surfaces.batches(12, 5),
                Precision.FLOAT64,
                Loss.SQUARED_ERROR)
            .products(
                CurvatureMatrix.gaussNewton(),
                new Weights(theta, new double[0]),
                identity,
                (batch, products) -> {});
    for (int i = 0; i < theta.length; i++) {
      assertThat(gaussNewton[i]).containsExactly(hessian[i], within(1e-12));
    }
  }
}
