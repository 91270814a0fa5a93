package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.data.Dataset;
import dev.terrain.data.Datasets;
import dev.terrain.data.ImageSample;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two trained convolutional networks with batch norm, on images that the batches do not divide,
 * against the dense Hessian from central differences of gradients in float64.
 */
final class TrainedNetworkHessianTest {
  private static final int EPOCHS = 3;
  private static final int IMAGES = 61;

  private static double[][] byCentralDifferences(LossSurface surface, Weights weights) {
    double h = 1e-6;
    return IntStream.range(0, surface.dimension())
        .mapToObj(
            i -> {
              double[] plus = surface.gradient(shifted(weights, i, h)).gradient();
              double[] minus = surface.gradient(shifted(weights, i, -h)).gradient();
              return IntStream.range(0, plus.length)
                  .mapToDouble(j -> (plus[j] - minus[j]) / (2 * h))
                  .toArray();
            })
        .toArray(double[][]::new);
  }

  private static Weights shifted(Weights weights, int i, double h) {
    double[] theta = weights.theta().clone();
    theta[i] += h;
    return new Weights(theta, weights.statistics());
  }

  /** Of the symmetric part: differences round unevenly. */
  private static double[] eigenvalues(double[][] rows) {
    RealMatrix matrix = new Array2DRowRealMatrix(rows);
    RealMatrix symmetric = matrix.add(matrix.transpose()).scalarMultiply(0.5);
    return Arrays.stream(new EigenDecompositionSymmetric(symmetric).getEigenvalues())
        .sorted()
        .toArray();
  }

  private static double trace(double[][] rows) {
    return IntStream.range(0, rows.length).mapToDouble(i -> rows[i][i]).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void eigenvaluesAndTrace_areThoseOfTheDenseHessian(int seed) throws IOException {
    Dataset digits = Datasets.get("digits");
    ImageSample training = ImageSample.of(digits, digits.train());
    Network network = Surfaces.network(Surfaces.spec("cnn", 2).build(), training);
    Weights weights = Surfaces.trained(network, training, "trained " + seed, EPOCHS, 32, 0);
    ImageSample sample =
        ImageSample.subset(digits, digits.train(), IntStream.range(0, IMAGES).toArray());
    NetworkSurface surface =
        new NetworkSurface(network, sample, Surfaces.batches(IMAGES, 25), Precision.FLOAT64);
    assertThat(surface.evaluate(weights).accuracy()).isGreaterThan(50);
    double[][] dense = byCentralDifferences(surface, weights);
    double[] expected = eigenvalues(dense);
    SurfaceOperator hessian = new SurfaceOperator(surface, CurvatureMatrix.hessian(), weights);
    int d = network.dimension();

    double[][] identity = new double[d][d];
    for (int i = 0; i < d; i++) {
      identity[i][i] = 1;
    }
    double[][] rows = hessian.apply(identity);
    double top = expected[d - 1];
    assertThat(eigenvalues(rows)).containsExactly(expected, within(1e-6 * top));
    assertThat(trace(rows)).isCloseTo(trace(dense), within(1e-6 * trace(dense)));

    CurvatureSettings settings =
        CurvatureSettings.newBuilder().setResidualTolerance(1e-6).setMaxProducts(4 * d).build();
    CurvaturePanel panel = CurvaturePanel.measure(hessian, settings, 4 * d, "trained " + seed);
    for (int rank = 0; rank < 5; rank++) {
      assertThat(panel.upper().get(rank).value())
          .isCloseTo(expected[d - 1 - rank], within(1e-5 * top));
    }
    assertThat(panel.lower().get(0).value()).isCloseTo(expected[0], within(1e-5 * top));
    assertThat(panel.trace().value())
        .isCloseTo(trace(dense), within(4 * panel.trace().standardError()));
    double negative = Arrays.stream(expected).filter(value -> value < -1e-6 * top).count();
    assertThat(panel.negativeMass().value())
        .isCloseTo(negative / d, within(panel.negativeMass().residual()));
  }
}
