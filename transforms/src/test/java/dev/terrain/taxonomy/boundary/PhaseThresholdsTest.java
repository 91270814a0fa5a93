package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.boundary.Threshold.Source;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseThresholdsTest {
  private static final TaxonomySettings DEFAULTS = TaxonomySettings.newBuilder().build();

  @Test
  void of_publishedGrid_takesBothGaps() {
    PhaseThresholds thresholds = PhaseThresholds.of(List.of(PublishedGrid.fullData()), DEFAULTS);

    Gap loss = thresholds.trainLoss().gap().orElseThrow();
    assertThat(loss.below()).isCloseTo(0.0027, within(5e-5));
    assertThat(loss.above()).isCloseTo(0.0162, within(5e-5));
    assertThat(thresholds.trainLoss().source()).isEqualTo(Source.DATA);
    assertThat(thresholds.trainLoss().sentence()).contains("0.00267 to 0.0162", "a factor of 6.05");
    Gap connectivity = thresholds.modeConnectivity().gap().orElseThrow();
    assertThat(connectivity.below()).isCloseTo(0.40, within(5e-3));
    assertThat(connectivity.above()).isCloseTo(1.30, within(5e-3));
    assertThat(connectivity.cellsBelow()).isEqualTo(33);
    assertThat(connectivity.cellsAbove()).isEqualTo(6);
    assertThat(thresholds.settings().getConnectedModeConnectivity()).isBetween(0.40, 1.30);
  }

  @Test
  void settings_publishedGrid_leaveItsPhasesAsTheyAre() {
    PhaseThresholds thresholds = PhaseThresholds.of(List.of(PublishedGrid.fullData()), DEFAULTS);

    PhasedDiagram phased = new PhasedDiagram(PublishedGrid.fullData(), thresholds.settings());

    assertThat(phased.cells().stream().filter(c -> phased.phase(c).orElseThrow() == Phase.I))
        .hasSize(43);
    assertThat(phased.cells().stream().filter(c -> phased.phase(c).orElseThrow() == Phase.III))
        .hasSize(6);
  }

  @Test
  void of_settingOffTheDefault_wins() {
    TaxonomySettings given = TaxonomySettings.newBuilder().setConvergedTrainLoss(0.1).build();

    PhaseThresholds thresholds = PhaseThresholds.of(List.of(PublishedGrid.fullData()), given);

    assertThat(thresholds.trainLoss().source()).isEqualTo(Source.SETTING);
    assertThat(thresholds.settings().getConvergedTrainLoss()).isEqualTo(0.1);
    assertThat(thresholds.trainLoss().sentence()).contains("the setting", "has a gap");
  }

  @Test
  void of_cka_isACrossoverAndNeverTakenFromTheData() {
    Threshold cka = PhaseThresholds.of(List.of(PublishedGrid.fullData()), DEFAULTS).cka();

    assertThat(cka.source()).isEqualTo(Source.DEFAULT);
    assertThat(cka.gap()).isEmpty();
    assertThat(cka.sentence()).contains("crossover");
  }

  @Test
  void of_noCells_areTheDefaults() {
    PhaseThresholds thresholds = PhaseThresholds.of(List.of(), DEFAULTS);

    assertThat(thresholds.settings()).isEqualTo(DEFAULTS);
    assertThat(thresholds.trainLoss().source()).isEqualTo(Source.DEFAULT);
    assertThat(thresholds.trainLoss().sentence()).contains("no clear gap");
  }
}
