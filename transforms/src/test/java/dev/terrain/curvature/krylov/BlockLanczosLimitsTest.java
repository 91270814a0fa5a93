package dev.terrain.curvature.krylov;

import static dev.terrain.curvature.krylov.KrylovRuns.ends;
import static dev.terrain.curvature.krylov.KrylovRuns.run;
import static dev.terrain.curvature.krylov.KrylovRuns.spectrum;
import static dev.terrain.curvature.krylov.KrylovRuns.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.MatrixOperator;
import org.junit.jupiter.api.Test;

class BlockLanczosLimitsTest {

  @Test
  void aSpentBudgetLeavesPairsThatSayTheyDidNotConverge() {
    BlockLanczosSettings settings = new BlockLanczosSettings(3, 2, 1e-6, 0, 18, 1000, true);

    BlockLanczosResult result =
        run(settings, MatrixOperator.diagonal(spectrum(200, i -> i / 200.0)), 4);

    // Three blocks of four; a fourth would leave too few for the five pairs' verification.
    assertThat(result.products()).isEqualTo(12 + 5);
    assertThat(result.stop()).isEqualTo(BlockLanczosResult.Stop.BUDGET_SPENT);
    assertThat(result.upper()).hasSize(3).noneMatch(Eigenpair::converged);
    assertThat(result.lower()).hasSize(2).noneMatch(Eigenpair::converged);
    assertThat(result.upper().get(0).residual()).isGreaterThan(1e-6);
  }

  @Test
  void aBudgetBelowTheWantedPairsGivesFewerOfThem() {
    BlockLanczosSettings settings = new BlockLanczosSettings(5, 0, 1e-6, 0, 3, 1000, false);

    BlockLanczosResult result = run(settings, MatrixOperator.diagonal(spectrum(30, i -> i)), 1);

    assertThat(result.upper()).hasSize(3).noneMatch(Eigenpair::converged);
  }

  @Test
  void endsOnAnOperatorWhoseRangeIsSmallerThanTheWantedPairs() {
    double[] values = spectrum(100, i -> i < 2 ? 1 + i : 0);

    BlockLanczosResult result = run(ends(4, 0, 1e-6), MatrixOperator.rotated(values), 1);

    assertThat(values(result.upper())).containsExactly(new double[] {2, 1, 0, 0}, within(1e-12));
    assertThat(result.stop()).isEqualTo(BlockLanczosResult.Stop.CONVERGED);
  }

  @Test
  void givesZeroForTheZeroOperator() {
    BlockLanczosResult result = run(ends(2, 1, 1e-3), MatrixOperator.diagonal(new double[20]), 2);

    assertThat(values(result.upper())).containsExactly(0, 0);
    assertThat(result.upper()).allMatch(pair -> pair.converged() && pair.residual() == 0);
    assertThat(result.ritzValues()).containsOnly(0);
  }

  @Test
  void solvesOneDimensionWithALargerBlock() {
    BlockLanczosResult result = run(ends(1, 1, 0), MatrixOperator.diagonal(-7), 3);

    assertThat(values(result.upper())).containsExactly(-7);
    assertThat(Math.abs(result.lower().get(0).vector()[0])).isEqualTo(1);
    assertThat(result.products()).isEqualTo(1);
    assertThat(result.quadratures()).hasSize(3);
  }

  @Test
  void doesNotBelieveBeforeTheFewestProducts() {
    BlockLanczosSettings settings = new BlockLanczosSettings(1, 0, 0.5, 24, 100, 1000, false);

    BlockLanczosResult result =
        run(settings, MatrixOperator.rotated(spectrum(200, i -> 1.0 / (1 + i))), 4);

    assertThat(result.products()).isEqualTo(24);
    assertThat(result.stop()).isEqualTo(BlockLanczosResult.Stop.CONVERGED);
  }

  @Test
  void refusesSettingsAndStartsThatContradictEachOther() {
    assertThatThrownBy(() -> ends(0, 0, 1e-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("upper (0)");
    assertThatThrownBy(() -> ends(1, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tolerance (NaN)");
    assertThatThrownBy(() -> new BlockLanczosSettings(1, 0, 1e-3, 5, 4, 9, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minProducts (5)");
    MatrixOperator operator = MatrixOperator.diagonal(1, 2, 3, 4);
    BlockLanczosSettings small = new BlockLanczosSettings(2, 1, 1e-3, 0, 4, 7, true);
    assertThatThrownBy(() -> run(small, operator, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxBasis (7) must be at least 9");
    assertThatThrownBy(() -> run(small, operator, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxProducts (4) must be at least 5");
    assertThatThrownBy(() -> run(small, operator, new double[][] {new double[4]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start vector 0 has length 4 and norm 0.0");
    assertThatThrownBy(() -> run(small, operator, new double[][] {{1, 1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the length must be 4");
  }

  @Test
  void aProductThatIsNotFiniteIsNamed() {
    MatrixOperator operator = MatrixOperator.diagonal(1, 2, Double.NaN);

    assertThatThrownBy(() -> run(ends(1, 0, 1e-3), operator, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("is NaN; it must be finite");
  }
}
