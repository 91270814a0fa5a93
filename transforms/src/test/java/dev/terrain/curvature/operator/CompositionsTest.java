package dev.terrain.curvature.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Compositions against dense matrices. */
final class CompositionsTest {
  private static final double[][] FIRST = MatrixOperator.rotated(5, -3, 2, 0.5, 0.1).rows();
  private static final double[][] SECOND = MatrixOperator.rotated(1, 7, -2, 4, 3).rows();
  private static final SampledOperator SAMPLED = sampled(FIRST, SECOND);

  /** The mean of two matrices over batches of 3 and 1 images. */
  private static SampledOperator sampled(double[][]... batches) {
    return new SurfaceOperator(
        new QuadraticSurface(batches, new int[] {3, 1}),
        CurvatureMatrix.hessian(),
        new Weights(new double[5], new double[0]));
  }

  private static RealMatrix matrix(double[][] rows) {
    return new Array2DRowRealMatrix(rows);
  }

  private static double[][] identity(int d) {
    return MatrixUtils.createRealIdentityMatrix(d).getData();
  }

  /** The matrix is what it should be, and so is that of each batch. */
  private static void assertMatrices(SampledOperator operator, RealMatrix... batches) {
    int d = operator.dimension();
    RealMatrix mean = batches[0].scalarMultiply(0);
    int[] sizes = operator.batchSizes();
    double images = Arrays.stream(sizes).sum();
    assertThat(sizes).hasSameSizeAs(batches);
    double[][][] seen = new double[batches.length][][];
    double[][] whole =
        operator.apply(
            identity(d),
            (batch, products) ->
                seen[batch] =
                    Arrays.stream(products).map(double[]::clone).toArray(double[][]::new));
    for (int b = 0; b < batches.length; b++) {
      mean = mean.add(batches[b].scalarMultiply(sizes[b] / images));
      assertRows(seen[b], batches[b]);
    }
    assertRows(whole, mean);
    assertRows(operator.apply(identity(d)), mean);
  }

  private static void assertRows(double[][] actual, RealMatrix expected) {
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).containsExactly(expected.getRow(i), within(1e-13));
    }
  }

  @Test
  void shiftedAndScaled_actOnEveryBatch() {
    RealMatrix shift = MatrixUtils.createRealIdentityMatrix(5).scalarMultiply(1.5);
    assertMatrices(
        Compositions.shifted(SAMPLED, 1.5), matrix(FIRST).add(shift), matrix(SECOND).add(shift));
    assertMatrices(
        Compositions.scaled(SAMPLED, -2),
        matrix(FIRST).scalarMultiply(-2),
        matrix(SECOND).scalarMultiply(-2));
  }

  @Test
  void sum_addsBatchToBatch_orWhatIsNotSampledToEach() {
    double[][] third = MatrixOperator.rotated(1, 1, 2, 3, 5).rows();
    RealMatrix other = matrix(third);
    assertMatrices(
        Compositions.sum(SAMPLED, sampled(third, FIRST)),
        matrix(FIRST).add(other),
        matrix(SECOND).add(matrix(FIRST)));
    assertMatrices(
        Compositions.sum(SAMPLED, new MatrixOperator(third)),
        matrix(FIRST).add(other),
        matrix(SECOND).add(other));
    assertMatrices(
        Compositions.sum(new MatrixOperator(third), SAMPLED),
        matrix(FIRST).add(other),
        matrix(SECOND).add(other));
  }

  @Test
  void sum_ofOtherDimensionOrOtherBatches_isRefused() {
    assertThatThrownBy(() -> Compositions.sum(SAMPLED, MatrixOperator.diagonal(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimensions (5, 2)");
    SampledOperator others =
        new SurfaceOperator(
            new QuadraticSurface(new double[][][] {FIRST, SECOND}, new int[] {2, 2}),
            CurvatureMatrix.hessian(),
            new Weights(new double[5], new double[0]));
    assertThatThrownBy(() -> Compositions.sum(SAMPLED, others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 1], [2, 2]");
  }

  @Test
  void deflated_isZeroOnTheVectorsAndTheOperatorOnTheirComplement() {
    EigenDecompositionSymmetric pairs = new EigenDecompositionSymmetric(matrix(FIRST));
    double[] u = pairs.getV().getColumn(0);
    double[] w = pairs.getV().getColumn(3);
    RealMatrix projection =
        MatrixUtils.createRealIdentityMatrix(5)
            .subtract(MatrixUtils.createRealVector(u).outerProduct(MatrixUtils.createRealVector(u)))
            .subtract(
                MatrixUtils.createRealVector(w).outerProduct(MatrixUtils.createRealVector(w)));
    assertMatrices(
        Compositions.deflated(SAMPLED, List.of(u, w)),
        projection.multiply(matrix(FIRST)).multiply(projection),
        projection.multiply(matrix(SECOND)).multiply(projection));
  }

  @Test
  void rescaled_multipliesRowsAndColumns() {
    double[] scales = {1, 2, 0, -3, 0.5};
    RealMatrix diagonal = MatrixUtils.createRealDiagonalMatrix(scales);
    assertMatrices(
        Compositions.rescaled(SAMPLED, scales),
        diagonal.multiply(matrix(FIRST)).multiply(diagonal),
        diagonal.multiply(matrix(SECOND)).multiply(diagonal));
    assertThatThrownBy(() -> Compositions.rescaled(SAMPLED, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scales (3)");
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
      SampledOperator block = Compositions.block(hessian, layer);
      RealMatrix actual = matrix(block.apply(identity(layer.size())));
      int end = first + layer.size();
      RealMatrix expected = dense.getSubMatrix(first, end - 1, first, end - 1);
      assertThat(eigenvalues(actual)).containsExactly(eigenvalues(expected), within(1e-12));
      traces += actual.getTrace();
      first = end;
    }
    assertThat(first).isEqualTo(d);
    assertThat(traces).isCloseTo(dense.getTrace(), within(1e-12 * dense.getFrobeniusNorm()));
    assertThatThrownBy(() -> Compositions.block(hessian, ParameterSubset.whole(d + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operator's dimension (" + d + ")");
  }

  private static double[] eigenvalues(RealMatrix matrix) {
    double[] values = new EigenDecompositionSymmetric(matrix, 1e-9, false).getEigenvalues();
    return Arrays.stream(values).sorted().toArray();
  }

  @Test
  void surfaceOperator_countsEveryVectorOfABlock_andRefusesWhatIsNotFinite() {
    SurfaceOperator operator =
        new SurfaceOperator(
            QuadraticSurface.of(MatrixOperator.diagonal(1, Double.NaN).rows()),
            CurvatureMatrix.hessian(),
            new Weights(new double[2], new double[0]));
    assertThatThrownBy(() -> operator.apply(new double[] {0, 1}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("is NaN; it must be finite");
    SurfaceOperator counted =
        new SurfaceOperator(
            QuadraticSurface.of(MatrixOperator.diagonal(1, 2).rows()),
            CurvatureMatrix.hessian(),
            new Weights(new double[2], new double[0]));
    IntStream.rangeClosed(1, 3).forEach(b -> counted.apply(new double[b][2]));
    assertThat(counted.products()).isEqualTo(6);
  }
}
