package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.LinearNetworks;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix.Kind;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with each curvature matrix against matrices built in another way, in float64. */
final class CurvatureProductsTest {
  private static final RandomImages IMAGES = new RandomImages(11, 1, 4, 3, 5);

  private static NetworkSurface surface(Network network, int batchSize, Loss loss) {
    return new NetworkSurface(
        network, IMAGES, Surfaces.batches(IMAGES.size(), batchSize), Precision.FLOAT64, loss);
  }

  private static Stream<CurvatureMatrix> matrices() {
    return Stream.of(
        CurvatureMatrix.hessian(),
        CurvatureMatrix.gaussNewton(),
        CurvatureMatrix.fisher(),
        CurvatureMatrix.sampledFisher("labels", 3),
        CurvatureMatrix.empiricalFisher());
  }

  private static double[][] dense(LossSurface surface, CurvatureMatrix matrix, Weights weights) {
    int d = surface.dimension();
    double[][] identity = new double[d][d];
    for (int i = 0; i < d; i++) {
      identity[i][i] = 1;
    }
    return surface.products(matrix, weights, identity, (batch, products) -> {});
  }

  private static double[] softmax(double[] f) {
    double[] e = Arrays.stream(f).map(Math::exp).toArray();
    double sum = Arrays.stream(e).sum();
    return Arrays.stream(e).map(x -> x / sum).toArray();
  }

  /** (1/n) Σ_i J_i' S_i J_i, J by central differences of the outputs. */
  private static double[][] pulledBack(NetworkSurface surface, Weights weights, Loss loss) {
    int d = surface.dimension();
    int n = IMAGES.size();
    double h = 1e-5;
    double[][][] slopes = new double[d][n][];
    for (int k = 0; k < d; k++) {
      double[][] plus = surface.outputs(shifted(weights, k, h));
      double[][] minus = surface.outputs(shifted(weights, k, -h));
      for (int i = 0; i < n; i++) {
        slopes[k][i] = new double[3];
        for (int c = 0; c < 3; c++) {
          slopes[k][i][c] = (plus[i][c] - minus[i][c]) / (2 * h);
        }
      }
    }
    double[][] outputs = surface.outputs(weights);
    double[][] result = new double[d][d];
    for (int i = 0; i < n; i++) {
      double[] p = softmax(outputs[i]);
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          double factor =
              loss == Loss.SQUARED_ERROR ? (a == b ? 2 : 0) : (a == b ? p[a] : 0) - p[a] * p[b];
          for (int k = 0; k < d; k++) {
            for (int l = 0; l < d; l++) {
              result[k][l] += factor / n * slopes[k][i][a] * slopes[l][i][b];
            }
          }
        }
      }
    }
    return result;
  }

  private static Weights shifted(Weights weights, int i, double h) {
    double[] theta = weights.theta().clone();
    theta[i] += h;
    return new Weights(theta, weights.statistics());
  }

  private static void assertEqual(double[][] actual, double[][] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("row %s", i).containsExactly(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @EnumSource(LikelihoodLoss.class)
  void gaussNewtonAndFisher_equalTheJacobiansAroundTheCurvatureOfTheOutputs(Loss loss) {
    Network network = Surfaces.mlp(IMAGES, 4);
    NetworkSurface surface = surface(network, 4, loss);
    Weights weights = Surfaces.weights(network, "pulled back");
    double[][] expected = pulledBack(surface, weights, loss);
    assertEqual(dense(surface, CurvatureMatrix.gaussNewton(), weights), expected, 1e-8);
    assertEqual(dense(surface, CurvatureMatrix.fisher(), weights), expected, 1e-8);
  }

  @ParameterizedTest
  @EnumSource(LikelihoodLoss.class)
  void empiricalFisher_isTheMeanOuterProductOfTheGradientsOfSingleImages(Loss loss) {
    Network network = Surfaces.network(Surfaces.spec("cnn", 2).build(), IMAGES);
    Weights weights = Surfaces.weights(network, "empirical");
    int d = network.dimension();
    double[][] expected = new double[d][d];
    surface(network, 1, loss)
        .gradient(
            weights,
            (image, gradients) -> {
              double[] g = gradients[0];
              for (int k = 0; k < d; k++) {
                for (int l = 0; l < d; l++) {
                  expected[k][l] += g[k] * g[l] / IMAGES.size();
                }
              }
            });
    double scale = IntStream.range(0, d).mapToDouble(k -> expected[k][k]).max().orElseThrow();
    assertEqual(
        dense(surface(network, 4, loss), CurvatureMatrix.empiricalFisher(), weights),
        expected,
        1e-12 * scale);
  }

  @ParameterizedTest
  @EnumSource(LikelihoodLoss.class)
  void sampledFisher_isUnbiasedForTheFisher(Loss loss) {
    Network network = Surfaces.mlp(IMAGES, 4);
    NetworkSurface surface = surface(network, 11, loss);
    Weights weights = Surfaces.weights(network, "sampled");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    int draws = 600;
    double[] forms = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      forms[draw] = form(surface, CurvatureMatrix.sampledFisher("labels", draw), weights, v);
    }
    double mean = Arrays.stream(forms).average().orElseThrow();
    double variance =
        Arrays.stream(forms).map(x -> (x - mean) * (x - mean)).sum() / (draws - 1) / draws;
    double exact = form(surface, CurvatureMatrix.fisher(), weights, v);
    assertThat(Math.sqrt(variance)).isBetween(1e-4 * exact, 0.1 * exact);
    assertThat(mean).isCloseTo(exact, within(4 * Math.sqrt(variance)));
  }

  private static double form(
      LossSurface surface, CurvatureMatrix matrix, Weights weights, double[] v) {
    double[] product =
        surface.products(matrix, weights, new double[][] {v}, (batch, products) -> {})[0];
    return dot(v, product);
  }

  @Test
  void softmaxRegression_hasOneMatrixForHessianGaussNewtonAndFisher() {
    Network network = Surfaces.mlp(IMAGES);
    NetworkSurface surface = surface(network, 4, Loss.CROSS_ENTROPY);
    Weights weights = Surfaces.weights(network, "regression");
    double[][] hessian = dense(surface, CurvatureMatrix.hessian(), weights);
    assertEqual(dense(surface, CurvatureMatrix.gaussNewton(), weights), hessian, 1e-13);
    assertEqual(dense(surface, CurvatureMatrix.fisher(), weights), hessian, 1e-13);
  }

  @Test
  void linearRegression_hasOneMatrixForHessianGaussNewtonAndFisher() {
    Network network = LinearNetworks.of(16, 3);
    NetworkSurface surface = surface(network, 4, Loss.SQUARED_ERROR);
    Weights weights = Surfaces.weights(network, "regression");
    double[][] hessian = dense(surface, CurvatureMatrix.hessian(), weights);
    assertEqual(dense(surface, CurvatureMatrix.gaussNewton(), weights), hessian, 1e-12);
    assertEqual(dense(surface, CurvatureMatrix.fisher(), weights), hessian, 1e-12);
  }

  /** λ_i(X'X/n)/C with multiplicity C − 1, and 0. */
  @Test
  void softmaxRegressionAtZero_hasEveryEigenvalueOfTheInputsOnceLessThanThereAreClasses() {
    Network network = Surfaces.mlp(IMAGES);
    Weights zero = new Weights(new double[network.dimension()], new double[0]);
    double[] actual =
        eigenvalues(
            dense(surface(network, 4, Loss.CROSS_ENTROPY), CurvatureMatrix.gaussNewton(), zero));
    double[][] moments = new double[17][17];
    for (int n = 0; n < IMAGES.size(); n++) {
      double[] x = Arrays.copyOf(IMAGES.normalised(n), 17);
      x[16] = 1;
      for (int i = 0; i < 17; i++) {
        for (int j = 0; j < 17; j++) {
          moments[i][j] += x[i] * x[j] / IMAGES.size();
        }
      }
    }
    double[] expected =
        Arrays.stream(eigenvalues(moments))
            .flatMap(value -> Arrays.stream(new double[] {value / 3, value / 3, 0}))
            .sorted()
            .toArray();
    assertThat(actual).containsExactly(expected, within(1e-12));
  }

  private static double[] eigenvalues(double[][] matrix) {
    double[] values =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix), 1e-9, false)
            .getEigenvalues();
    Arrays.sort(values);
    return values;
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void blocks_haveTheBitsOfSingleVectors(CurvatureMatrix matrix) {
    Network network = Surfaces.network(Surfaces.spec("cnn", 2).build(), IMAGES);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(11, 4), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "block");
    double[][] block =
        IntStream.range(0, 3)
            .mapToObj(i -> Surfaces.gaussian(network.dimension(), "v" + i))
            .toArray(double[][]::new);
    double[][] products = surface.products(matrix, weights, block, (batch, parts) -> {});
    for (int i = 0; i < block.length; i++) {
      double[][] single = {block[i]};
      assertThat(products[i])
          .isEqualTo(surface.products(matrix, weights, single, (batch, parts) -> {})[0]);
    }
  }

  @Test
  void emptyBlock_hasNoProducts() {
    Network network = Surfaces.mlp(IMAGES);
    assertThat(
            surface(network, 4, Loss.CROSS_ENTROPY)
                .products(
                    CurvatureMatrix.hessian(),
                    Surfaces.weights(network, "none"),
                    new double[0][],
                    (batch, parts) -> {}))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void products_doNotDependOnTheCutIntoBatches_andAreTheMeanOfTheBatches(CurvatureMatrix matrix) {
    Network network = Surfaces.network(Surfaces.spec("cnn", 2).build(), IMAGES);
    Weights weights = Surfaces.weights(network, "cut");
    double[][] block = {Surfaces.gaussian(network.dimension(), "v")};
    double[] whole =
        surface(network, 11, Loss.CROSS_ENTROPY)
            .products(matrix, weights, block, (batch, parts) -> {})[0];
    NetworkSurface cut = surface(network, 4, Loss.CROSS_ENTROPY);
    int[] sizes = cut.batchSizes();
    assertThat(sizes).containsExactly(4, 4, 3);
    double[] mean = new double[whole.length];
    double[] product =
        cut.products(
                matrix,
                weights,
                block,
                (batch, parts) -> {
                  for (int i = 0; i < mean.length; i++) {
                    mean[i] += sizes[batch] / 11.0 * parts[0][i];
                  }
                })[0];
    double scale = Math.sqrt(dot(whole, whole));
    assertThat(product).containsExactly(whole, within(1e-13 * scale));
    assertThat(mean).containsExactly(whole, within(1e-13 * scale));
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void everyMatrix_isSymmetric_andOnlyTheHessianMayBeIndefinite(CurvatureMatrix matrix) {
    Network network = Surfaces.mlp(IMAGES, 5);
    double[][] rows =
        dense(
            surface(network, 4, Loss.CROSS_ENTROPY), matrix, Surfaces.weights(network, "symmetry"));
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(rows[i][j]).isCloseTo(rows[j][i], within(1e-13));
      }
    }
    if (matrix.kind() == Kind.HESSIAN) {
      assertThat(eigenvalues(rows)[0]).isLessThan(-1e-6);
    } else {
      assertThat(eigenvalues(rows)[0]).isGreaterThan(-1e-13);
    }
  }

  @Test
  void outputsAndBatchGradients_areThoseOfTheLoss() {
    Network network = Surfaces.mlp(IMAGES, 5);
    NetworkSurface surface = surface(network, 4, Loss.CROSS_ENTROPY);
    Weights weights = Surfaces.weights(network, "outputs");
    double[] losses = surface.evaluate(weights).losses();
    double[][] outputs = surface.outputs(weights);
    for (int i = 0; i < losses.length; i++) {
      assertThat(-Math.log(softmax(outputs[i])[IMAGES.label(i)]))
          .isCloseTo(losses[i], within(1e-12));
    }
    double[] mean = new double[network.dimension()];
    int[] sizes = surface.batchSizes();
    double[] gradient =
        surface
            .gradient(
                weights,
                (batch, gradients) -> {
                  for (int i = 0; i < mean.length; i++) {
                    mean[i] += sizes[batch] / 11.0 * gradients[0][i];
                  }
                })
            .gradient();
    assertThat(mean).containsExactly(gradient, within(1e-15));
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
