package dev.terrain.taxonomy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The 169 cells at all of the data; over all ten amounts the rule is right in 1,467 of 1,560. */
class PublishedDiagnosisTest {
  private final Diagnoses diagnoses =
      Diagnoses.of(
          List.of(
              new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build())),
          false);

  @Test
  void score_ofThePhaseRuleIsThePublishedOne() {
    DiagnosisScore score = diagnoses.score();

    assertThat(score.phaseRule()).isEqualTo(new RuleScore("the phase rule", 0, 140, 156));
    assertThat(score.phaseRule().accuracy()).isCloseTo(0.897, within(5e-4));
    assertThat(score.withoutDirection()).isEqualTo(13);
  }

  @Test
  void score_printsTheKnobBaselinesEvenWhereTheyAreBetter() {
    DiagnosisScore score = diagnoses.score();

    assertThat(score.hotter()).isEqualTo(53);
    assertThat(score.majority().right()).isEqualTo(103);
    assertThat(score.threshold().right()).isEqualTo(145);
    assertThat(score.regression().right()).isEqualTo(145);
    assertThat(score.sentence())
        .isEqualTo(
            "On the 156 cells of this grid that have a direction, the phase rule (nothing fitted)"
                + " is right in 89.7 %; the larger class alone in 66.0 %; one threshold (batch_size"
                + " >= 364: hotter) in 92.9 %; logistic regression on batch_size, width in 92.9"
                + " %.");
  }

  @Test
  void score_splitsByPhase() {
    assertThat(diagnoses.score().byPhase())
        .containsExactly(
            new PhaseShare(BroadPhase.I, 23, 39),
            new PhaseShare(BroadPhase.II, 0, 87),
            new PhaseShare(BroadPhase.III, 4, 4),
            new PhaseShare(BroadPhase.IV, 26, 26));
  }

  @Test
  void of_theStandardCellNamesLargerBatchAndWidthWithTheirEvidence() {
    Diagnosis standard = diagnoses.of("w64-b64").orElseThrow();

    assertThat(standard.temperature()).isEqualTo(TemperatureAdvice.COLDER);
    assertThat(standard.expected().cellId()).isEqualTo("w64-b256");
    assertThat(standard.agreesWithGrid()).isTrue();
    assertThat(standard.agreesWithBaseline()).isTrue();
    assertThat(standard.advice())
        .containsExactly(
            "batch_size: larger (64 -> 256, +7.1 points here; phase II: too hot)",
            "width: larger (64 -> 128, +1.6 points here)");
  }

  @Test
  void of_theBestCellHasNothingBetter() {
    Diagnosis best = diagnoses.of("w128-b256").orElseThrow();

    assertThat(best.grid()).isEqualTo(TemperatureAdvice.NOT_DECIDABLE);
    assertThat(best.advice())
        .containsExactly(
            "batch_size: nothing better in this grid (the phase rule says smaller; phase IV: too"
                + " cold)",
            "width: nothing better in this grid");
  }

  @Test
  void of_aCellWhereTheGridContradictsTheRuleSaysBoth() {
    assertThat(diagnoses.of("w2-b16").orElseThrow().advice())
        .first()
        .isEqualTo(
            "batch_size: smaller by the phase rule (phase I: too cold), but here larger is better"
                + " (16 -> 256, +11.2 points here)");
  }
}
