package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleGainTest {
  private static final SyntheticGrid GRID =
      new SyntheticGrid(4, 1)
          .with("train_loss", (column, row) -> 0.001)
          .with("mode_connectivity", (column, row) -> column < 3 ? -8 : 0)
          .with("cka", (column, row) -> 0.7);

  private static EnsembleGain of(List<EnsembleGain> gains, CellGroup group) {
    return gains.stream().filter(gain -> gain.group() == group).findFirst().orElseThrow();
  }

  @Test
  void of_isTheMeanGainAndRateOfEachPhase() {
    List<EnsembleGain> gains =
        EnsembleGain.of(
            GRID.with("test_accuracy", (column, row) -> 80)
                .with("ensemble_accuracy", (column, row) -> 82 + 2 * column)
                .phased(""));

    // Errors of 20 points become 18, 16 and 14: rates .1, .2 and .3.
    EnsembleGain poorlyConnected = of(gains, CellGroup.III);
    assertThat(poorlyConnected.cells()).isEqualTo(3);
    assertThat(poorlyConnected.gain().value()).isCloseTo(4, within(1e-12));
    assertThat(poorlyConnected.gain().interval()).isNotNull();
    assertThat(poorlyConnected.improvementRate().value()).isCloseTo(0.2, within(1e-12));
    assertThat(of(gains, CellGroup.IV).gain().value()).isCloseTo(8, within(1e-12));
    assertThat(of(gains, CellGroup.IV).gain().interval()).isNull();
    assertThat(of(gains, CellGroup.I).gain()).isEqualTo(Estimate.none("no cell is in the group"));
  }

  @Test
  void of_hasNoRateWithoutErrors() {
    EnsembleGain gain =
        of(
            EnsembleGain.of(
                GRID.with("test_accuracy", (column, row) -> 100)
                    .with("ensemble_accuracy", (column, row) -> 100)
                    .phased("")),
            CellGroup.ALL);

    assertThat(gain.gain().value()).isEqualTo(0);
    assertThat(gain.improvementRate()).isEqualTo(Estimate.none("no model makes an error"));
  }

  @Test
  void of_saysThatNothingWasMeasured() {
    assertThat(
            of(
                    EnsembleGain.of(
                        GRID.without("ensemble_accuracy")
                            .with("test_accuracy", (column, row) -> 80)
                            .phased("")),
                    CellGroup.ALL)
                .gain())
        .isEqualTo(Estimate.none("ensemble_accuracy not measured"));
  }
}
