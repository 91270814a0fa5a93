package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubleDescentTest {
  private static Diagram line(double... accuracies) {
    return new SyntheticGrid(accuracies.length, 1)
        .with("test_accuracy", (column, row) -> accuracies[column])
        .diagram("");
  }

  @Test
  void of_findsTheOnlyDipAlongTheWidthOfThePublishedGrid() {
    List<Dip> dips = DoubleDescent.of(PublishedGrid.fullData(), Along.LOAD).beyondNoise();

    assertThat(dips).hasSize(1);
    assertThat(dips.get(0).bottom().id()).isEqualTo("w32-b16");
    assertThat(dips.get(0).size()).isCloseTo(2.8, within(0.05));
    assertThat(dips.get(0).noise()).isEqualTo(new SeedNoise(2, false));
    assertThat(dips.get(0).error()).isNull();
  }

  /**
   * Read off the accuracies of the published grid: 62.6 (128), 55.3 (180), 64.4 (256) at width 2
   * and 77.1 (92), 74.0 (364), 77.6 (724) at width 8. From width 23 on there is none.
   */
  @Test
  void of_findsTheDipsAlongTheBatchSizeOfThePublishedGrid() {
    List<Dip> dips = DoubleDescent.of(PublishedGrid.fullData(), Along.TEMPERATURE).beyondNoise();

    assertThat(dips.stream().map(dip -> dip.bottom().id()))
        .containsExactly("w2-b180", "w3-b44", "w6-b512", "w8-b364", "w16-b128");
    assertThat(dips.get(3).size()).isCloseTo(77.1 - 74.0, within(0.05));
    assertThat(dips.get(3).before().id()).isEqualTo("w8-b92");
    assertThat(dips.get(3).after().id()).isEqualTo("w8-b724");
  }

  @Test
  void of_takesTheSmallerOfTheTwoRises() {
    DoubleDescent descent = DoubleDescent.of(line(60, 75, 70, 68, 72, 71), Along.LOAD);

    assertThat(descent.dips()).hasSize(1);
    assertThat(descent.dips().get(0).size()).isCloseTo(4, within(1e-12));
    assertThat(descent.dips().get(0).before().column()).isEqualTo(1);
    assertThat(descent.dips().get(0).bottom().column()).isEqualTo(3);
    assertThat(descent.dips().get(0).after().column()).isEqualTo(4);
  }

  @Test
  void of_findsNoneWhereAccuracyRisesOrHasOnePeak() {
    assertThat(DoubleDescent.of(line(60, 61, 65, 70), Along.LOAD).dips()).isEmpty();
    assertThat(DoubleDescent.of(line(60, 75, 70, 65), Along.LOAD).dips()).isEmpty();
    assertThat(DoubleDescent.of(line(70, 70, 70), Along.LOAD).dips()).isEmpty();
  }

  @Test
  void of_countsLinesThatAreTooShort() {
    DoubleDescent descent = DoubleDescent.of(line(70, 60, 70), Along.TEMPERATURE);

    assertThat(descent.lines()).isEqualTo(3);
    assertThat(descent.shortLines()).isEqualTo(3);
    assertThat(descent.dips()).isEmpty();
  }

  @Test
  void of_looksOnlyAtCellsWithAnAccuracy() {
    assertThat(DoubleDescent.of(line(70, Double.NaN, 60, 70), Along.LOAD).dips()).hasSize(1);
    assertThat(DoubleDescent.of(new SyntheticGrid(4, 4).diagram(""), Along.LOAD).shortLines())
        .isEqualTo(4);
  }

  @Test
  void of_findsADipInAboutOneOfTwentyFlatGrids() {
    int alarms = 0;
    int grids = 60;
    for (int i = 0; i < grids; i++) {
      CounterRandom random = CounterRandom.of("flat", "double descent test", i);
      Diagram flat =
          new SyntheticGrid(8, 6)
              .with("test_accuracy", (column, row) -> 80 + 0.5 * random.nextGaussian())
              .withError("test_accuracy", 0.5)
              .diagram("grid " + i);
      DoubleDescent descent = DoubleDescent.of(flat, Along.LOAD);
      assertThat(descent.dips()).allMatch(dip -> dip.noise().isFromErrors());
      alarms += descent.beyondNoise().isEmpty() ? 0 : 1;
    }

    // Of 60 grids with a chance of one in twenty 8 or more show one in 1.1 percent of all cases.
    assertThat(alarms).isBetween(0, 7);
  }

  @Test
  void of_findsADipOfSixErrors() {
    CounterRandom random = CounterRandom.of("dip", "double descent test", 0);
    List<Dip> dips =
        DoubleDescent.of(
                new SyntheticGrid(8, 6)
                    .with(
                        "test_accuracy",
                        (column, row) -> (column == 4 ? 77 : 80) + 0.5 * random.nextGaussian())
                    .withError("test_accuracy", 0.5)
                    .diagram(""),
                Along.LOAD)
            .beyondNoise();

    assertThat(dips).hasSizeGreaterThanOrEqualTo(5);
    assertThat(dips).allMatch(dip -> dip.bottom().column() == 4);
    assertThat(dips.get(0).error()).isCloseTo(0.5 * Math.sqrt(2), within(0.01));
  }
}
