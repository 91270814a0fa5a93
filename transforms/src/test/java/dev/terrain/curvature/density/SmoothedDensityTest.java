package dev.terrain.curvature.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.Quadrature;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SmoothedDensityTest {
  private static final Quadrature RULE =
      new Quadrature(new double[] {-1, 0, 3}, new double[] {0.2, 0.7, 0.1});

  @Test
  void isASumOfBellsOfTheStatedWidth() {
    SmoothedDensity density = SmoothedDensity.of(RULE, 1301, 0.5);

    double[] grid = density.grid();
    assertThat(grid[0]).isEqualTo(-3);
    assertThat(grid[1300]).isCloseTo(5, within(1e-12));
    for (int i = 0; i < grid.length; i += 130) {
      double expected = 0;
      for (int k = 0; k < 3; k++) {
        double z = (grid[i] - RULE.nodes()[k]) / 0.5;
        expected += RULE.weights()[k] * Math.exp(-z * z / 2) / (0.5 * Math.sqrt(2 * Math.PI));
      }
      assertThat(density.values()[i]).isCloseTo(expected, within(1e-12));
    }
    double mass = Arrays.stream(density.values()).sum() * (grid[1] - grid[0]);
    // Four widths beyond the outermost nodes lie 3e-5 of their weights.
    assertThat(mass).isCloseTo(1, within(1e-4));
  }

  @Test
  void refusesAWidthOfZero() {
    assertThatThrownBy(() -> SmoothedDensity.of(RULE, 100, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width (0.0) above 0");
  }
}
