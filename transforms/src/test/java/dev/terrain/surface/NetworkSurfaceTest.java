package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.Network;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkSurfaceTest {
  private static final RandomImages IMAGES = new RandomImages(23, 1, 8, 4, 1);

  private static NetworkSurface surface(Network network, int batchSize, Precision precision) {
    return new NetworkSurface(
        network, IMAGES, Surfaces.batches(IMAGES.size(), batchSize), precision);
  }

  private static Network network(String architecture) {
    return Surfaces.network(Surfaces.spec(architecture, 2).build(), IMAGES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void gradient_equalsCentralDifferencesOfTheLoss(String architecture) {
    Network network = network(architecture);
    NetworkSurface surface = surface(network, 10, Precision.FLOAT64);
    Weights weights = Surfaces.weights(network, "gradient");
    double[] gradient = surface.gradient(weights).gradient();
    double h = 1e-6;
    for (int i = 0; i < gradient.length; i += 1 + gradient.length / 40) {
      double difference =
          (surface.evaluate(shifted(weights, i, h)).loss()
                  - surface.evaluate(shifted(weights, i, -h)).loss())
              / (2 * h);
      assertThat(gradient[i]).as("element %s", i).isCloseTo(difference, within(2e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void hessianProduct_equalsCentralDifferencesOfTheGradient(String architecture) {
    Network network = network(architecture);
    NetworkSurface surface = surface(network, 10, Precision.FLOAT64);
    Weights weights = Surfaces.weights(network, "hessian");
    double[] v = unit(Surfaces.gaussian(network.dimension(), "direction"));
    double[] product = surface.hessianProduct(weights, v).product();
    double h = 1e-6;
    double[] plus = surface.gradient(moved(weights, v, h)).gradient();
    double[] minus = surface.gradient(moved(weights, v, -h)).gradient();
    double scale = Arrays.stream(product).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < v.length; i++) {
      assertThat(product[i])
          .as("element %s", i)
          .isCloseTo((plus[i] - minus[i]) / (2 * h), within(1e-6 * scale));
    }
  }

  @Test
  void denseHessian_ofSoftmaxRegression_equalsItsClosedForm() {
    Network network = Surfaces.mlp(IMAGES);
    NetworkSurface surface = surface(network, 10, Precision.FLOAT64);
    Weights weights = Surfaces.weights(network, "softmax");
    int inputs = 64;
    int classes = 4;
    double[][] expected = new double[network.dimension()][network.dimension()];
    for (int n = 0; n < IMAGES.size(); n++) {
      double[] x = Arrays.copyOf(IMAGES.normalised(n), inputs + 1);
      x[inputs] = 1;
      double[] p = softmax(weights.theta(), x, classes);
      for (int c = 0; c < classes; c++) {
        for (int d = 0; d < classes; d++) {
          double factor = ((c == d ? p[c] : 0) - p[c] * p[d]) / IMAGES.size();
          for (int i = 0; i <= inputs; i++) {
            for (int j = 0; j <= inputs; j++) {
              expected[index(c, i)][index(d, j)] += factor * x[i] * x[j];
            }
          }
        }
      }
    }
    double[][] hessian = dense(surface, weights);
    for (int i = 0; i < hessian.length; i++) {
      assertThat(hessian[i]).as("row %s", i).containsExactly(expected[i], within(1e-12));
    }
  }

  /** Place of the weight from input i (64: the bias) to class c in θ = (W row by row, b). */
  private static int index(int c, int i) {
    return i == 64 ? 4 * 64 + c : c * 64 + i;
  }

  private static double[] softmax(double[] theta, double[] x, int classes) {
    double[] p = new double[classes];
    for (int c = 0; c < classes; c++) {
      double z = 0;
      for (int i = 0; i < x.length; i++) {
        z += theta[index(c, i)] * x[i];
      }
      p[c] = Math.exp(z);
    }
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(value -> value / sum).toArray();
  }

  @Test
  void softmaxRegressionAtZero_hasUniformLossAndTheTraceOfTheClosedForm() {
    Network network = Surfaces.mlp(IMAGES);
    NetworkSurface surface = surface(network, 7, Precision.FLOAT64);
    Weights zero = new Weights(new double[network.dimension()], new double[0]);
    double secondMoment = 0;
    for (int n = 0; n < IMAGES.size(); n++) {
      secondMoment += 1 + Arrays.stream(IMAGES.normalised(n)).map(x -> x * x).sum();
    }
    double[][] hessian = dense(surface, zero);
    double trace = IntStream.range(0, hessian.length).mapToDouble(i -> hessian[i][i]).sum();
    assertThat(surface.evaluate(zero).loss()).isCloseTo(Math.log(4), within(1e-14));
    assertThat(trace).isCloseTo(3.0 / 4 * secondMoment / IMAGES.size(), within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void hessianProduct_isSymmetricAndLinear(String architecture) {
    Network network = network(architecture);
    NetworkSurface surface = surface(network, 9, Precision.FLOAT64);
    Weights weights = Surfaces.weights(network, "symmetry");
    double[] u = Surfaces.gaussian(network.dimension(), "u");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    double[] hu = surface.hessianProduct(weights, u).product();
    double[] hv = surface.hessianProduct(weights, v).product();
    double[] sum = IntStream.range(0, u.length).mapToDouble(i -> 2 * u[i] - 3 * v[i]).toArray();
    double[] hsum = surface.hessianProduct(weights, sum).product();
    double scale = Math.abs(dot(u, hu)) + Math.abs(dot(v, hv));
    assertThat(dot(u, hv)).isCloseTo(dot(v, hu), within(1e-12 * scale));
    for (int i = 0; i < u.length; i++) {
      assertThat(hsum[i]).isCloseTo(2 * hu[i] - 3 * hv[i], within(1e-11));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void everyResultInEvalMode_isInvariantToTheBatchSizeWithAnUnevenLastBatch(String architecture) {
    Network network = network(architecture);
    Weights weights = Surfaces.weights(network, "batches");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    NetworkSurface whole = surface(network, 23, Precision.FLOAT64);
    HessianProduct expected = whole.hessianProduct(weights, v);
    for (int batchSize : new int[] {5, 22}) {
      NetworkSurface split = surface(network, batchSize, Precision.FLOAT64);
      assertThat(split.evaluate(weights).losses())
          .containsExactly(whole.evaluate(weights).losses(), within(1e-12));
      assertThat(split.gradient(weights).gradient())
          .containsExactly(whole.gradient(weights).gradient(), within(1e-12));
      HessianProduct product = split.hessianProduct(weights, v);
      assertThat(product.product()).containsExactly(expected.product(), within(1e-10));
      double form =
          IntStream.range(0, product.batchForms().length)
              .mapToDouble(b -> product.batchForms()[b] * product.batchSizes()[b] / 23)
              .sum();
      assertThat(form).isCloseTo(dot(v, product.product()), within(1e-9));
    }
  }

  @Test
  void float32_agreesWithFloat64ToSinglePrecision() {
    Network network = network("cnn");
    Weights weights = Surfaces.weights(network, "precision");
    double[] v = unit(Surfaces.gaussian(network.dimension(), "v"));
    double[] exact = surface(network, 8, Precision.FLOAT64).hessianProduct(weights, v).product();
    double[] single = surface(network, 8, Precision.FLOAT32).hessianProduct(weights, v).product();
    double scale = Math.sqrt(dot(exact, exact));
    assertThat(single).containsExactly(exact, within(1e-5 * scale));
  }

  @Test
  void severalThreads_giveTheSameBitsAsOne() throws Exception {
    Network network = network("cnn");
    Weights weights = Surfaces.weights(network, "threads");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    Callable<double[]> work =
        () -> {
          NetworkSurface surface = surface(network, 8, Precision.FLOAT32);
          double[] product = null;
          for (int i = 0; i < 20; i++) {
            product = surface.hessianProduct(weights, v).product();
          }
          return product;
        };
    double[] alone = work.call();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (Future<double[]> result : pool.invokeAll(List.of(work, work, work, work))) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void estimatedStatistics_areTheWeightedMeansOfTheBatchStatistics() {
    Network network = network("cnn");
    Weights weights = Surfaces.weights(network, "statistics");
    double[] first = statisticsOfOneBatch(network, weights, IMAGES.range(0, 16));
    double[] second = statisticsOfOneBatch(network, weights, IMAGES.range(16, 23));
    double[] both =
        new NetworkSurface(
                network, IMAGES, new int[][] {range(0, 16), range(16, 23)}, Precision.FLOAT64)
            .estimateStatistics(weights.theta());
    for (int i = 0; i < both.length; i++) {
      assertThat(both[i]).isCloseTo((16 * first[i] + 7 * second[i]) / 23, within(1e-12));
    }
  }

  private static double[] statisticsOfOneBatch(
      Network network, Weights weights, RandomImages images) {
    return new NetworkSurface(
            network, images, Surfaces.batches(images.size(), images.size()), Precision.FLOAT64)
        .estimateStatistics(weights.theta());
  }

  @Test
  void estimatedStatistics_ofTheFirstLayer_equalTheMomentsOfItsConvolution() {
    Network network = network("cnn");
    Weights weights = Surfaces.weights(network, "moments");
    double[] statistics =
        surface(network, 23, Precision.FLOAT64).estimateStatistics(weights.theta());
    double[] mean = new double[2];
    double[] square = new double[2];
    for (int n = 0; n < 23; n++) {
      double[] x = IMAGES.normalised(n);
      for (int c = 0; c < 2; c++) {
        for (int row = 0; row < 8; row++) {
          for (int column = 0; column < 8; column++) {
            double z = convolution(weights.theta(), x, c, row, column);
            mean[c] += z;
            square[c] += z * z;
          }
        }
      }
    }
    int count = 23 * 64;
    for (int c = 0; c < 2; c++) {
      double m = mean[c] / count;
      assertThat(statistics[c]).isCloseTo(m, within(1e-12));
      assertThat(statistics[2 + c])
          .isCloseTo((square[c] - count * m * m) / (count - 1), within(1e-12));
    }
  }

  private static double convolution(double[] theta, double[] x, int channel, int row, int column) {
    double sum = 0;
    for (int i = -1; i <= 1; i++) {
      for (int j = -1; j <= 1; j++) {
        int r = row + i;
        int c = column + j;
        if (r >= 0 && r < 8 && c >= 0 && c < 8) {
          sum += theta[channel * 9 + (i + 1) * 3 + j + 1] * x[r * 8 + c];
        }
      }
    }
    return sum;
  }

  @Test
  void batchGradient_usesTheStatisticsOfTheBatch() {
    Network network = network("cnn");
    NetworkSurface surface = surface(network, 23, Precision.FLOAT64);
    double[] theta = Surfaces.weights(network, "train mode").theta();
    int[] all = range(0, 23);
    double[] gradient = surface.batchGradient(theta, all).gradient();
    double h = 1e-6;
    for (int i = 0; i < theta.length; i += 1 + theta.length / 30) {
      double plus =
          surface.batchGradient(shifted(new Weights(theta, null), i, h).theta(), all).loss();
      double minus =
          surface.batchGradient(shifted(new Weights(theta, null), i, -h).theta(), all).loss();
      assertThat(gradient[i]).isCloseTo((plus - minus) / (2 * h), within(2e-8));
    }
  }

  @Test
  void mixedProbabilities_withShareOne_areThoseOfTheFirstImages() {
    Network network = network("mlp");
    NetworkSurface surface = surface(network, 23, Precision.FLOAT64);
    Weights weights = Surfaces.weights(network, "mixup");
    int[] first = range(0, 23);
    int[] second = IntStream.range(0, 23).map(i -> 22 - i).toArray();
    double[] ones = new double[23];
    Arrays.fill(ones, 1);
    double[] probabilities = surface.mixedProbabilities(weights, first, second, ones);
    double[] losses = surface.evaluate(weights).losses();
    for (int n = 0; n < 23; n++) {
      assertThat(-Math.log(probabilities[4 * n + IMAGES.label(n)]))
          .isCloseTo(losses[n], within(1e-12));
    }
  }

  static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static double[][] dense(LossSurface surface, Weights weights) {
    int d = surface.dimension();
    double[][] hessian = new double[d][];
    for (int i = 0; i < d; i++) {
      double[] basis = new double[d];
      basis[i] = 1;
      hessian[i] = surface.hessianProduct(weights, basis).product();
    }
    return hessian;
  }

  private static Weights shifted(Weights weights, int i, double h) {
    double[] theta = weights.theta().clone();
    theta[i] += h;
    return new Weights(theta, weights.statistics());
  }

  private static Weights moved(Weights weights, double[] direction, double h) {
    double[] theta = weights.theta().clone();
    for (int i = 0; i < theta.length; i++) {
      theta[i] += h * direction[i];
    }
    return new Weights(theta, weights.statistics());
  }

  private static double[] unit(double[] v) {
    double norm = Math.sqrt(dot(v, v));
    return Arrays.stream(v).map(x -> x / norm).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
