package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CurvatureDiagonalTest {
  private static CurvatureDiagonal measure(LinearOperator operator, int products, double error) {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder()
            .setDiagonalProducts(products)
            .setRelativeError(error)
            .build();
    return CurvatureDiagonal.measure(operator, settings, "model");
  }

  @Test
  void entriesAndTheirLargestAreThoseOfTheMatrix() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(80));
    double[] expected = IntStream.range(0, 80).mapToDouble(i -> matrix.rows()[i][i]).toArray();
    double largest = Arrays.stream(expected).max().orElseThrow();

    CurvatureDiagonal diagonal = measure(matrix, 100, 0.05);

    assertThat(diagonal.largest().converged()).isTrue();
    assertThat(diagonal.products()).isLessThanOrEqualTo(100);
    double error = diagonal.largest().standardError();
    assertThat(error).isBetween(1e-12, 0.1 * largest);
    assertThat(diagonal.entries()).containsExactly(expected, within(5 * error));
    assertThat(diagonal.largest().value()).isCloseTo(largest, within(4 * error));
  }

  @Test
  void spentProductsAreSaid() {
    CurvatureDiagonal diagonal = measure(MatrixOperator.rotated(Spectra.ofNetwork(80)), 12, 1e-9);

    assertThat(diagonal.products()).isEqualTo(12);
    assertThat(diagonal.largest().converged()).isFalse();
    assertThat(diagonal.largest().reason()).endsWith("after 12 products");
  }
}
