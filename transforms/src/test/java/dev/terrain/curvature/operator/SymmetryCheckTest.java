package dev.terrain.curvature.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.random.CounterRandom;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Surfaces;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymmetryCheckTest {
  /** A = [[2, a], [b, 1]] has the asymmetry |a − b| / (√2 ‖A‖_F), whatever the vectors' norms. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.1})
  void asymmetryOfTwoVectors_isThatOfTheMatrix(double difference) {
    double[][] matrix = {{2, 0.5}, {0.5 + difference, 1}};
    double[][] axes = {{3, 0}, {0, 0.5}};
    double norm = Math.sqrt(4 + 0.25 + (0.5 + difference) * (0.5 + difference) + 1);
    assertThat(asymmetry(matrix, axes)).isCloseTo(difference / Math.sqrt(2) / norm, within(1e-15));
  }

  /** The signs make it an estimate: its square is right on average over rotations of the basis. */
  @Test
  void squaredAsymmetryOfManyVectors_isUnbiased() {
    int dimension = 12;
    double[][] matrix = new double[dimension][];
    double differences = 0;
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      matrix[i] = Surfaces.gaussian(dimension, "row " + i);
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        differences += Math.pow(matrix[i][j] - matrix[j][i], 2);
        squares += Math.pow(matrix[i][j], 2);
      }
    }
    int repetitions = 200;
    double mean = 0;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      double[][] basis =
          IntStream.range(0, dimension)
              .mapToObj(i -> new double[dimension])
              .toArray(double[][]::new);
      int[] order = CounterRandom.of("test", "basis", repetition).permutation(dimension);
      for (int i = 0; i < dimension; i++) {
        basis[i][order[i]] = 1;
      }
      mean += Math.pow(asymmetry(matrix, basis), 2) / repetitions;
    }
    assertThat(mean).isCloseTo(differences / 4 / squares, withinPercentage(10));
  }

  private static double asymmetry(double[][] matrix, double[][] vectors) {
    SymmetryCheck check = new SymmetryCheck();
    check.see(
        vectors,
        Stream.of(vectors)
            .map(vector -> QuadraticSurface.multiply(matrix, vector))
            .toArray(double[][]::new));
    return check.asymmetry();
  }

  @Test
  void rounding_explainsMoreWhereANetworkIsSure() {
    double[][] unsure = {{1, 1, 1, 1}, {0, 0, 0, 0}};
    double[][] sure = {{0, 12, 0, 0}};
    assertThat(SymmetryCheck.explained(unsure))
        .isBetween(SymmetryCheck.leastExplained(), 1.5 * SymmetryCheck.leastExplained());
    assertThat(SymmetryCheck.explained(sure) / SymmetryCheck.leastExplained())
        .isCloseTo(Math.exp(12) / 6, withinPercentage(0.1));
  }
}
