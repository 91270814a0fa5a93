package dev.terrain.curvature.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.Jackknife;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EigenvalueErrorsTest {

  private static BlockLanczosResult run(
      LinearOperator operator, int upper, int lower, int blockSize, int products) {
    double[][] start =
        IntStream.range(0, blockSize)
            .mapToObj(j -> CounterRandom.of("test", "probe", j).rademacher(operator.dimension()))
            .toArray(double[][]::new);
    return new BlockLanczos(
            new BlockLanczosSettings(upper, lower, 1e-8, products, products, 1000, false))
        .run(operator, start, CounterRandom.of("test", "replacement", 0))
        .result();
  }

  private static BlockLanczosResult verified(SampledMatrices sample, int products) {
    int d = sample.dimension();
    double[][] start = {
      CounterRandom.of("test", "probe", 0).rademacher(d),
      CounterRandom.of("test", "probe", 1).rademacher(d)
    };
    return new BlockLanczos(new BlockLanczosSettings(2, 1, 1e-8, products, products, 1000, true))
        .run(sample, start, CounterRandom.of("test", "replacement", 0))
        .result();
  }

  private static double[] ascending(double[][] matrix) {
    return new EigenDecompositionSymmetric(
            MatrixUtils.createRealMatrix(matrix),
            EigenDecompositionSymmetric.DEFAULT_EPSILON,
            false)
        .getEigenvalues();
  }

  private static double[] leftOut(SampledMatrices sample, int index) {
    return IntStream.range(0, sample.batchSizes().length)
        .mapToDouble(b -> ascending(sample.meanWithout(b))[index])
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void areTheLeaveOneOutOnesWhereTheKrylovSpaceSpansTheWhole(int blockSize) {
    int d = 12;
    double[] values = IntStream.range(0, d).mapToDouble(i -> i * i / 20.0 - 1).toArray();
    int[] sizes = {10, 10, 10, 10, 4};
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(values).rows(), 0.8, sizes);

    BlockLanczosResult result = run(sample, d, d, blockSize, d);

    for (int rank = 0; rank < d; rank++) {
      double value = values[d - 1 - rank];
      double[] without = leftOut(sample, d - 1 - rank);
      // Busing et al. word for word: pseudo-values and their weighted sums.
      double estimate = sizes.length * value;
      for (int b = 0; b < sizes.length; b++) {
        estimate -= (1 - sizes[b] / 44.0) * without[b];
      }
      double variance = 0;
      for (int b = 0; b < sizes.length; b++) {
        double h = 44.0 / sizes[b];
        double pseudo = h * value - (h - 1) * without[b];
        variance += (pseudo - estimate) * (pseudo - estimate) / (h - 1) / sizes.length;
      }
      for (Jackknife jackknife :
          new Jackknife[] {
            result.eigenvalueErrors().ofLargest(rank),
            result.eigenvalueErrors().ofSmallest(d - 1 - rank)
          }) {
        assertThat(jackknife.standardError()).isCloseTo(Math.sqrt(variance), within(1e-10));
        assertThat(jackknife.bias()).isCloseTo(value - estimate, within(1e-10));
        assertThat(jackknife.reason()).isNull();
      }
    }
    assertThat(result.eigenvalueErrors().ofLargest(0).bias()).isGreaterThan(0.1);
    assertThat(result.eigenvalueErrors().ofSmallest(0).bias()).isLessThan(-0.1);
  }

  @Test
  void standardErrorsOfConvergedPairsAreThoseOfFirstOrderPerturbation() {
    int d = 100;
    double[] values = IntStream.range(0, d).mapToDouble(i -> 10.0 / (1 + i)).toArray();
    int[] sizes = {8, 8, 8, 5};
    double noise = 1e-6;
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(values).rows(), noise, sizes);

    BlockLanczosResult result = run(sample, 2, 0, 2, 30);

    for (int rank = 0; rank < 2; rank++) {
      double[] u = result.upper().get(rank).vector();
      double variance = 0;
      for (int b = 0; b < sizes.length; b++) {
        double form = OrthonormalBasis.dot(u, new MatrixOperator(sample.matrices()[b]).apply(u));
        double deviation = form - values[rank];
        variance += sizes[b] / (29.0 - sizes[b]) * deviation * deviation / sizes.length;
      }
      double firstOrder = Math.sqrt(variance);
      assertThat(result.eigenvalueErrors().ofLargest(rank).standardError())
          .isCloseTo(firstOrder, within(1e-4 * firstOrder));
      assertThat(firstOrder).isGreaterThan(0.1 * noise);
    }
  }

  @Test
  void theBiasOfTheLargestWithinASmallerSpaceIsALowerBound() {
    int d = 60;
    double[] values = IntStream.range(0, d).mapToDouble(i -> 10.0 / (1 + i)).toArray();
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(values).rows(), 0.3, 1, 1, 1, 1, 1, 1);
    double full = Jackknife.of(10, leftOut(sample, d - 1), sample.batchSizes()).bias();

    double before = 0;
    for (int products : new int[] {12, 24, 48}) {
      BlockLanczosResult result = run(sample, 1, 0, 2, products);
      double bias = result.eigenvalueErrors().ofLargest(0).bias();
      assertThat(bias).isBetween(before, full);
      before = bias;
    }
    assertThat(run(sample, 1, 0, 2, d).eigenvalueErrors().ofLargest(0).bias())
        .isCloseTo(full, within(1e-10));
    assertThat(before).isGreaterThan(0.5 * full);
  }

  @Test
  void verifiedPairsKnowTheBiasThatComesFromOutsideTheSpace() {
    int d = 200;
    double[] values = IntStream.range(0, d).mapToDouble(i -> i < 5 ? 12 - 2 * i : 0.5).toArray();
    values[d - 1] = -8;
    int[] sizes = {6, 6, 6, 6, 6, 3};
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(values).rows(), 0.3, sizes);
    Jackknife largest = Jackknife.of(12, leftOut(sample, d - 1), sizes);
    Jackknife second = Jackknife.of(10, leftOut(sample, d - 2), sizes);
    Jackknife smallest = Jackknife.of(-8, leftOut(sample, 0), sizes);

    EigenvalueErrors errors = verified(sample, 23).eigenvalueErrors();

    assertThat(errors.ofLargest(0).bias()).isCloseTo(largest.bias(), withinPercentage(5));
    assertThat(errors.ofLargest(1).bias()).isCloseTo(second.bias(), withinPercentage(5));
    assertThat(errors.ofSmallest(0).bias()).isCloseTo(smallest.bias(), withinPercentage(5));
    assertThat(errors.ofLargest(0).standardError())
        .isCloseTo(largest.standardError(), withinPercentage(5));
    assertThat(smallest.bias()).isNegative();
    // What the space alone shows.
    assertThat(run(sample, 2, 1, 2, 20).eigenvalueErrors().ofLargest(0).bias())
        .isLessThan(0.5 * largest.bias());
  }

  @Test
  void theVerificationAddsNothingWhereTheSpaceSpansTheWhole() {
    int d = 12;
    double[] values = IntStream.range(0, d).mapToDouble(i -> i * i / 20.0 - 1).toArray();
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(values).rows(), 0.8, 5, 5, 2);

    EigenvalueErrors errors = verified(sample, d + 3).eigenvalueErrors();

    Jackknife expected = Jackknife.of(values[d - 1], leftOut(sample, d - 1), new int[] {5, 5, 2});
    assertThat(errors.ofLargest(0).bias()).isCloseTo(expected.bias(), within(1e-10));
    assertThat(errors.ofLargest(0).standardError())
        .isCloseTo(expected.standardError(), within(1e-10));
  }

  @Test
  void areMissingWithAReasonBelowTwoBatches() {
    SampledMatrices one = SampledMatrices.around(MatrixOperator.diagonal(1, 2, 3).rows(), 1, 5);

    assertThat(run(one, 1, 0, 1, 3).eigenvalueErrors().ofLargest(0))
        .isEqualTo(
            new Jackknife(
                null, null, "a jackknife over batches needs at least 2 batches; there are 1"));
  }

  @Test
  void aMeanHasTheUsualStandardErrorAndNoBias() {
    // Values 1, 2, 6 of batches of one size: mean 3, standard deviation √7, over √3.
    Jackknife jackknife = Jackknife.of(3, new double[] {4, 3.5, 1.5}, new int[] {5, 5, 5});

    assertThat(jackknife.standardError()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-14));
    assertThat(jackknife.bias()).isCloseTo(0, within(1e-14));
  }
}
