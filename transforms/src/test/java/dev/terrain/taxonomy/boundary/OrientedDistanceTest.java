package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrientedDistanceTest {
  private static final Lattice LATTICE = Lattice.of(11, 9, new int[0][], true);

  private static double[][] values(SyntheticGrids.Truth function) {
    double[][] values = new double[LATTICE.rows().length][LATTICE.columns().length];
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[0].length; c++) {
        values[r][c] = function.at(LATTICE.columns()[c], LATTICE.rows()[r]);
      }
    }
    return values;
  }

  @Test
  void of_circle_isTheDistanceToIt() {
    double[][] distances =
        OrientedDistance.of(values((c, r) -> 9 - Math.pow(c - 5, 2) - Math.pow(r - 4, 2)), LATTICE);

    for (int r = 0; r < distances.length; r++) {
      for (int c = 0; c < distances[0].length; c++) {
        double exact = 3 - Math.hypot(LATTICE.columns()[c] - 5, LATTICE.rows()[r] - 4);
        assertThat(distances[r][c]).isCloseTo(exact, within(0.1 * LATTICE.step()));
      }
    }
  }

  @Test
  void of_oneSign_isTheDiagonal() {
    assertThat(OrientedDistance.of(values((c, r) -> -1), LATTICE)[3][4])
        .isEqualTo(-LATTICE.diagonal());
  }

  @Test
  void zeroLevel_circle_isOneClosedPieceOfItsLength() {
    List<List<double[]>> pieces =
        ZeroLevel.of(values((c, r) -> 3 - Math.hypot(c - 5, r - 4)), LATTICE);

    assertThat(pieces).hasSize(1);
    List<double[]> piece = pieces.get(0);
    assertThat(piece.get(0)).isEqualTo(piece.get(piece.size() - 1));
    double length = 0;
    for (int i = 1; i < piece.size(); i++) {
      length +=
          Math.hypot(piece.get(i)[0] - piece.get(i - 1)[0], piece.get(i)[1] - piece.get(i - 1)[1]);
    }
    assertThat(length).isCloseTo(6 * Math.PI, within(0.05));
  }

  @Test
  void zeroLevel_twoLines_areTwoOpenPieces() {
    List<List<double[]>> pieces = ZeroLevel.of(values((c, r) -> (c - 2.3) * (c - 7.1)), LATTICE);

    assertThat(pieces).hasSize(2);
    assertThat(pieces.get(0)).allSatisfy(p -> assertThat(p[0]).isCloseTo(2.3, within(0.02)));
    assertThat(pieces.get(1)).allSatisfy(p -> assertThat(p[0]).isCloseTo(7.1, within(0.02)));
  }
}
