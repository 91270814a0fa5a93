package dev.terrain.curvature.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseEigenpairsTest {

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-200, 1e200})
  void solvesMatricesOfAnyScale(double scale) {
    double[][] matrix = {{2 * scale, scale, 0}, {scale, 2 * scale, scale}, {0, scale, 2 * scale}};

    DenseEigenpairs pairs = DenseEigenpairs.of(matrix);

    double[] expected = {2 - Math.sqrt(2), 2, 2 + Math.sqrt(2)};
    for (int i = 0; i < 3; i++) {
      assertThat(pairs.values()[i] / scale).isCloseTo(expected[i], within(1e-14));
      assertThat(Math.abs(pairs.vectors()[1][i]))
          .isCloseTo(i == 1 ? 0 : Math.sqrt(0.5), within(1e-14));
    }
  }

  @Test
  void couplingsWhoseSquaresUnderflowDoNoHarm() {
    // Two converged values, coupled by 1e-160 to a band of lower ones; solved apart they are known.
    int size = 12;
    double[][] band = new double[size][size];
    double[][] matrix = new double[size + 2][size + 2];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        band[i][j] = i == j ? 0.1 : Math.abs(i - j) <= 4 ? 0.01 * Math.abs(i - j) : 0;
        matrix[i + 2][j + 2] = band[i][j];
      }
    }
    for (int i = 0; i < 2; i++) {
      matrix[i][i] = i + 1;
      for (int j = 0; j < 4; j++) {
        matrix[i][j + 2] = 1e-160 * (1 + i + 3 * j % 5);
        matrix[j + 2][i] = matrix[i][j + 2];
      }
    }

    double[] values = DenseEigenpairs.of(matrix).values();

    double[] lower = DenseEigenpairs.of(band).values();
    for (int i = 0; i < size; i++) {
      assertThat(values[i]).isCloseTo(lower[i], within(1e-14));
    }
    assertThat(values[size]).isCloseTo(1, within(1e-14));
    assertThat(values[size + 1]).isCloseTo(2, within(1e-14));
  }

  @Test
  void theZeroMatrixHasEigenvaluesZero() {
    assertThat(DenseEigenpairs.of(new double[4][4]).values()).containsOnly(0);
  }
}
