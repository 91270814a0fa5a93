package dev.terrain.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ParameterPathTest {
  private static final double[] A = {0.1, -3, 7};
  private static final double[] B = {5, 0.3, -1};
  private static final double[] C = {1, 2, 3};

  @Test
  void bothPathsEndExactlyAtTheModels() {
    for (ParameterPath path :
        new ParameterPath[] {new LinearPath(A, B), new BezierCurve(A, C, B)}) {
      assertThat(path.at(0)).isEqualTo(A);
      assertThat(path.at(1)).isEqualTo(B);
    }
  }

  @Test
  void theLineDividesByT() {
    assertThat(new LinearPath(new double[] {0, 4}, new double[] {4, 8}).at(0.25))
        .containsExactly(1, 5);
  }

  @Test
  void theCurveIsDeCasteljausConstruction() {
    for (double t : new double[] {0.1, 0.5, 0.8}) {
      double[] expected =
          new LinearPath(new LinearPath(A, C).at(t), new LinearPath(C, B).at(t)).at(t);

      assertThat(new BezierCurve(A, C, B).at(t)).containsExactly(expected, within(1e-14));
    }
  }

  @Test
  void theStraightCurveIsTheLine() {
    assertThat(BezierCurve.straight(A, B).at(0.3))
        .containsExactly(new LinearPath(A, B).at(0.3), within(1e-14));
  }
}
