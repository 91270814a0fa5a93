package dev.terrain.curvature.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

final class PrincipalSubmatrixTest {
  private static RealMatrix matrix(double[][] rows) {
    return new Array2DRowRealMatrix(rows);
  }

  private static double[][] identity(int d) {
    return MatrixUtils.createRealIdentityMatrix(d).getData();
  }

  @Test
  void layerBlocks_areTheSubmatricesOfTheHessianWithItsTraceInTotal() {
    RandomImages images = new RandomImages(7, 1, 4, 3, 2);
    Network network = Surfaces.network(Surfaces.spec("cnn", 2).build(), images);
    SurfaceOperator hessian =
        new SurfaceOperator(
            new NetworkSurface(network, images, Surfaces.batches(7, 3), Precision.FLOAT64),
            CurvatureMatrix.hessian(),
            Surfaces.weights(network, "blocks"));
    int d = network.dimension();
    RealMatrix dense = matrix(hessian.apply(identity(d)));
    double traces = 0;
    int first = 0;
    for (ParameterSubset layer : ParameterSubset.layers(network)) {
      PrincipalSubmatrix block = new PrincipalSubmatrix(hessian, layer);
      RealMatrix actual = matrix(block.apply(identity(layer.size())));
      int end = first + layer.size();
      RealMatrix expected = dense.getSubMatrix(first, end - 1, first, end - 1);
      assertThat(eigenvalues(actual)).containsExactly(eigenvalues(expected), within(1e-12));
      assertThat(meanOfBatches(block).subtract(actual).getFrobeniusNorm()).isLessThan(1e-12);
      traces += actual.getTrace();
      first = end;
    }
    assertThat(first).isEqualTo(d);
    assertThat(traces).isCloseTo(dense.getTrace(), within(1e-12 * dense.getFrobeniusNorm()));
    assertThatThrownBy(() -> new PrincipalSubmatrix(hessian, ParameterSubset.whole(d + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operator's dimension (" + d + ")");
  }

  private static RealMatrix meanOfBatches(LinearOperator operator) {
    int[] sizes = operator.batchSizes();
    double images = Arrays.stream(sizes).sum();
    int d = operator.dimension();
    RealMatrix[] sum = {matrix(new double[d][d])};
    operator.apply(
        identity(d),
        (batch, products) ->
            sum[0] = sum[0].add(matrix(products).scalarMultiply(sizes[batch] / images)));
    return sum[0];
  }

  private static double[] eigenvalues(RealMatrix matrix) {
    double[] values = new EigenDecompositionSymmetric(matrix, 1e-9, false).getEigenvalues();
    return Arrays.stream(values).sorted().toArray();
  }
}
