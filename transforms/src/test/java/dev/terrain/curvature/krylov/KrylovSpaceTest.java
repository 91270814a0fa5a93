package dev.terrain.curvature.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.random.CounterRandom;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KrylovSpaceTest {

  private static KrylovSpace grown(LinearOperator operator, int blockSize, int size) {
    double[][] start =
        IntStream.range(0, blockSize)
            .mapToObj(j -> CounterRandom.of("test", "probe", j).rademacher(operator.dimension()))
            .toArray(double[][]::new);
    KrylovSpace space =
        new KrylovSpace(operator, start, CounterRandom.of("test", "replacement", 0));
    while (space.size() < size) {
      space.expand();
    }
    return space;
  }

  private static double[][] basis(KrylovSpace space) {
    return space.finish(MatrixUtils.createRealIdentityMatrix(space.size()).getData());
  }

  private static double departureFromOrthonormality(double[][] vectors) {
    double largest = 0;
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = i == j ? 1 : 0;
        double product = OrthonormalBasis.dot(vectors[i], vectors[j]);
        largest = Math.max(largest, Math.abs(product - expected));
      }
    }
    return largest;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void theBasisStaysOrthonormalForAHundredStepsOnPowersOfTwo(int blockSize) {
    double[] values = IntStream.range(0, 130).mapToDouble(i -> Math.pow(2, -i)).toArray();

    double[][] basis = basis(grown(MatrixOperator.rotated(values), blockSize, 100));

    assertThat(basis.length).isGreaterThanOrEqualTo(100);
    assertThat(departureFromOrthonormality(basis)).isLessThan(1e-13);
  }

  @Test
  void aSingleVectorBreaksDownAtTheNumberOfDistinctEigenvaluesAndGoesOnFromARandomOne() {
    KrylovSpace space = grown(MatrixOperator.diagonal(1, 1, 1, 2, 2, 3), 1, 2);
    assertThat(space.refilled()).isFalse();

    space.expand();

    assertThat(space.size()).isEqualTo(3);
    assertThat(space.refilled()).isTrue();
    assertThat(space.ritz().values()).containsExactly(new double[] {1, 2, 3}, within(1e-12));
    // The random vector holds what is left of the copies of 1 and 2, two distinct eigenvalues.
    space.expand();
    assertThat(space.refilled()).isFalse();
    space.expand();
    assertThat(space.refilled()).isTrue();
    space.expand();
    assertThat(space.ritz().values())
        .containsExactly(new double[] {1, 1, 1, 2, 2, 3}, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theBasisStaysOrthonormalThroughFiftyRestarts(int blockSize) {
    double[] values = IntStream.range(0, 100).mapToDouble(i -> Math.pow(0.9, i)).toArray();
    KrylovSpace space = grown(MatrixOperator.rotated(values), blockSize, 20);
    for (int restart = 0; restart < 50; restart++) {
      space.restart(
          space.ritz().columns(IntStream.range(space.size() - 10, space.size()).toArray()));
      while (space.size() < 20) {
        space.expand();
      }
    }

    assertThat(departureFromOrthonormality(basis(space))).isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void keepsTheCompressionsOfOperatorAndBatchesThroughARestart(int blockSize) {
    double[] values = IntStream.range(0, 40).mapToDouble(i -> 5.0 / (1 + i)).toArray();
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(values).rows(), 0.1, 7, 7, 7, 3);
    KrylovSpace space = grown(sample, blockSize, 15);
    space.restart(space.ritz().columns(new int[] {0, 1, 11, 12, 13, 14}));
    space.expand();
    space.expand();

    double[][] basis = basis(space);
    double[][][] rests = space.batches().withoutEach(space.whole());
    for (int b = 0; b < 4; b++) {
      assertThat(frobenius(rests[b]))
          .isCloseTo(frobenius(compressed(sample.meanWithout(b), basis)), within(1e-10));
    }
    assertThat(frobenius(space.whole().entries()))
        .isCloseTo(frobenius(compressed(sample.meanWithout(-1), basis)), within(1e-10));
    assertThat(frobenius(rests[0])).isNotCloseTo(frobenius(rests[3]), within(0.01));
  }

  private static double[][] compressed(double[][] matrix, double[][] basis) {
    double[][] result = new double[basis.length][basis.length];
    for (int i = 0; i < basis.length; i++) {
      for (int j = 0; j < basis.length; j++) {
        result[i][j] = OrthonormalBasis.dot(basis[i], new MatrixOperator(matrix).apply(basis[j]));
      }
    }
    return result;
  }

  private static double frobenius(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      sum += OrthonormalBasis.dot(row, row);
    }
    return sum;
  }
}
