package dev.terrain.taxonomy.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The claims on the study's own clean grid of width and batch size. The numbers in the sentences
 * were computed from its released table by other means.
 */
class ClaimsOnThePublishedGridTest {
  private static final List<ClaimVerdict> VERDICTS =
      Claims.of(
          List.of(
              new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build())));

  private static ClaimVerdict of(String claim) {
    return VERDICTS.stream().filter(it -> it.claim().equals(claim)).findFirst().orElseThrow();
  }

  @Test
  void of_decidesWhatAGridOfWidthAndBatchSizeCanSpeakTo() {
    assertThat(VERDICTS.stream().map(it -> it.claim() + " " + it.verdict()))
        .containsExactly(
            "C1 SUPPORTED",
            "C2 SUPPORTED",
            "C3 SUPPORTED",
            "C4 NOT_DECIDABLE",
            "C5 SUPPORTED",
            "C6 NOT_DECIDABLE",
            "C7 NOT_DECIDABLE",
            "C8 SUPPORTED",
            "C9 NOT_DECIDABLE");
  }

  @Test
  void of_comparesPhaseFourBWithFourA() {
    // Mean accuracies 85.4 of 19 and 82.3 of 14 cells; the best cell has 87.8 percent.
    assertThat(of("C1").numbers())
        .contains("minus that of phase IV-A, the closest rival: +3.1 points")
        .contains("w128-b256 with 87.8 % (phase IV-B)");
    assertThat(of("C1").cells()).hasSize(33);
  }

  @Test
  void of_showsThatSharpnessFailsBeforeConvergence() {
    assertThat(of("C2").numbers())
        .contains("4 of 4 cells of phase III are less accurate")
        .contains("over converged cells trace and accuracy correlate with -0.90")
        .contains("over unconverged cells trace and accuracy correlate with -0.07")
        .contains("over all cells trace and accuracy correlate with -0.45");
  }

  @Test
  void of_namesTheGainsOfStoppingEarly() {
    assertThat(of("C4").numbers())
        .contains("+1.9 points at width 6", "-0.5 points at width 8", "-2.7 points at width 11");
  }

  @Test
  void of_saysWhatIsMissing() {
    assertThat(of("C3").numbers()).contains("no two cells differ in label_noise alone");
    assertThat(of("C5").numbers())
        .startsWith("1 of 3 parts are decided")
        .contains("no two cells differ in data_fraction alone");
    assertThat(of("C7").numbers())
        .isEqualTo(
            "no two diagrams differ in learning_rate_schedule alone, one of them with a constant"
                + " rate");
    assertThat(of("C9").numbers()).contains("l2_distance");
    assertThat(of("C7").cells()).isEmpty();
  }
}
