package dev.terrain.taxonomy.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.SyntheticGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaddersTest {
  private static PhasedDiagram slice(String name, double value) {
    return new SyntheticGrid(3, 2).with("cka", (column, row) -> value).phased(name);
  }

  @Test
  void of_followsAnAxisWithinEachDiagram() {
    Ladders ladders =
        Ladders.of(Setting.WIDTH, List.of(slice("label_noise=0", 1), slice("label_noise=0.1", 1)));

    assertThat(ladders.ladders()).hasSize(4);
    assertThat(ladders.ladders()).allMatch(ladder -> ladder.size() == 3);
    assertThat(ladders.ladders().get(0).stream().map(Rung::value)).containsExactly(2.0, 4.0, 8.0);
  }

  @Test
  void of_followsASettingThatTellsDiagramsApart() {
    Ladders ladders =
        Ladders.of(
            Setting.LABEL_NOISE,
            List.of(
                slice("label_noise=0.1, weight_decay=1", 1),
                slice("label_noise=0, weight_decay=1", 1),
                slice("label_noise=0.2, weight_decay=2", 1)));

    assertThat(ladders.ladders()).hasSize(6);
    assertThat(ladders.ladders().get(0).stream().map(Rung::value)).containsExactly(0.0, 0.1);
  }

  @Test
  void of_knowsTheNamesOfImportedGridsAndSaysThem() {
    Ladders ladders =
        Ladders.of(Setting.DATA, List.of(slice("data_tenths=1", 1), slice("data_tenths=2", 1)));

    assertThat(ladders.name()).isEqualTo("data_tenths");
    assertThat(ladders.ladders()).hasSize(6);
  }

  @Test
  void of_hasNoneWhereTheSettingDoesNotVaryOrIsNoNumber() {
    assertThat(Ladders.of(Setting.PIXEL_NOISE, List.of(slice("", 1))).isEmpty()).isTrue();
    assertThat(
            Ladders.of(
                    Setting.PIXEL_NOISE,
                    List.of(slice("pixel_noise=low", 1), slice("pixel_noise=high", 2)))
                .missing())
        .isEqualTo("no two cells differ in pixel_noise alone");
  }

  @Test
  void sliceSettings_keepsListsTogether() {
    assertThat(SliceSettings.of(slice("hidden_widths=[8, 16], label_noise=0.1", 1)).values())
        .containsEntry("hidden_widths", "[8, 16]")
        .containsEntry("label_noise", "0.1");
  }

  @Test
  void orderedTrend_isTheSignTestForLaddersOfTwo() {
    // Six ladders that all rise: by chance 2 of 64.
    OrderedTrend trend =
        OrderedTrend.of(
            Ladders.of(
                Setting.LABEL_NOISE, List.of(slice("label_noise=0", 1), slice("label_noise=1", 2))),
            "cka",
            rung -> rung.cell().mean("cka"));

    assertThat(trend.rising()).isEqualTo(6);
    assertThat(trend.falling()).isZero();
    assertThat(trend.chance()).isCloseTo(2.0 / 64, within(0.012));
  }

  @Test
  void orderedTrend_ignoresEqualValues() {
    OrderedTrend trend =
        OrderedTrend.of(
            Ladders.of(
                Setting.LABEL_NOISE, List.of(slice("label_noise=0", 1), slice("label_noise=1", 1))),
            "cka",
            rung -> rung.cell().mean("cka"));

    assertThat(trend.rising() + trend.falling()).isZero();
    assertThat(trend.chance()).isEqualTo(1);
  }

  @Test
  void signTest_isExact() {
    assertThat(SignTest.chance(14, 14)).isCloseTo(2.0 / 16384, within(1e-12));
    assertThat(SignTest.chance(1, 5)).isCloseTo(12.0 / 32, within(1e-12));
    assertThat(SignTest.chance(3, 6)).isEqualTo(1);
  }
}
