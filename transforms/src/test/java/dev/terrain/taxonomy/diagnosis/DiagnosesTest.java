package dev.terrain.taxonomy.diagnosis;

import static dev.terrain.taxonomy.diagnosis.SmallGrids.cell;
import static dev.terrain.taxonomy.diagnosis.SmallGrids.withError;
import static dev.terrain.taxonomy.diagnosis.SmallGrids.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosesTest {
  private static final Map<String, CellValue> TOO_HOT = cell(0.5, 3, 70);
  private static final Map<String, CellValue> TOO_COLD = cell(0.5, -3, 75);

  private static Diagnosis only(PhasedDiagram diagram, String id) {
    return Diagnoses.of(List.of(diagram), false).of(id).orElseThrow();
  }

  @Test
  void of_convergedOrNegativeConnectivityIsTooColdElseTooHot() {
    PhasedDiagram diagram =
        SmallGrids.of(
            "",
            List.of(
                List.of(cell(0.5, -1, 1)),
                List.of(cell(0.5, 0, 1)),
                List.of(cell(0.001, -5, 1)),
                List.of(cell(0.001, 2, 1))));

    assertThat(Diagnoses.of(List.of(diagram), false).all())
        .extracting(Diagnosis::temperature)
        .containsExactly(
            TemperatureAdvice.HOTTER,
            TemperatureAdvice.COLDER,
            TemperatureAdvice.HOTTER,
            TemperatureAdvice.HOTTER);
  }

  @Test
  void of_aTemperatureThatRisesWithTheSettingNamesTheOtherWay() {
    PhasedDiagram diagram =
        new PhasedDiagram(
            Diagram.of(
                "",
                new DiagramAxis("width", List.of(8.0), false),
                new DiagramAxis("learning_rate", List.of(0.05, 0.1), true),
                List.of(
                    new Diagram.Entry("low", 8, 0.05, cell(0.5, 2, 80)),
                    new Diagram.Entry("high", 8, 0.1, TOO_HOT))),
            TaxonomySettings.newBuilder().build());

    assertThat(only(diagram, "high").advice())
        .first()
        .isEqualTo("learning_rate: smaller (0.1 -> 0.05, +10.0 points here; phase II: too hot)");
    assertThat(only(diagram, "low").grid()).isEqualTo(TemperatureAdvice.NOT_DECIDABLE);
  }

  @Test
  void of_gainsCarryTheErrorsOfBothCells() {
    PhasedDiagram diagram =
        SmallGrids.of("", List.of(List.of(withError(3, TOO_HOT)), List.of(withError(4, TOO_COLD))));

    Alternative expected = only(diagram, "0.0").expected();

    assertThat(expected.gain()).isEqualTo(5);
    assertThat(expected.gainError()).isEqualTo(5);
    assertThat(expected.isBeyondNoise()).isFalse();
    assertThat(only(diagram, "0.0").advice())
        .first()
        .isEqualTo(
            "batch_size: larger (16 -> 32, +5.0 ± 5.0 points here, within the noise; phase II: too"
                + " hot)");
  }

  @Test
  void of_withoutTestAccuracyThePhaseRuleSpeaksAloneAndNothingIsScored() {
    PhasedDiagram diagram =
        SmallGrids.of(
            "",
            List.of(
                List.of(without("test_accuracy", TOO_HOT)),
                List.of(without("test_accuracy", TOO_COLD))));
    Diagnoses diagnoses = Diagnoses.of(List.of(diagram), false);
    Diagnosis first = diagnoses.of("0.0").orElseThrow();

    assertThat(first.temperature()).isEqualTo(TemperatureAdvice.COLDER);
    assertThat(first.expected()).isNull();
    assertThat(first.baseline()).isEqualTo(TemperatureAdvice.NOT_DECIDABLE);
    assertThat(first.agreesWithGrid()).isNull();
    assertThat(first.advice())
        .containsExactly(
            "batch_size: larger (phase II: too hot; test_accuracy is missing, so no gain is known)",
            "width: not decidable (test_accuracy is missing)");
    assertThat(diagnoses.score().phaseRule()).isNull();
    assertThat(diagnoses.score().sentence()).contains("cannot be scored");
  }

  @Test
  void of_anUnknownPhaseIsNotDecidableButTheGridIsQuoted() {
    PhasedDiagram diagram =
        SmallGrids.of(
            "", List.of(List.of(without("mode_connectivity", TOO_HOT)), List.of(TOO_COLD)));
    Diagnosis diagnosis = only(diagram, "0.0");

    assertThat(diagnosis.temperature()).isEqualTo(TemperatureAdvice.NOT_DECIDABLE);
    assertThat(diagnosis.reason())
        .isEqualTo("the phase is not known: mode_connectivity is missing");
    assertThat(diagnosis.advice().get(0))
        .isEqualTo(
            "batch_size: not decidable (the phase is not known: mode_connectivity is missing);"
                + " measured: larger (16 -> 32, +5.0 points here)");
  }

  @Test
  void of_oneHalfOfTheRuleNeedsOnlyOneOfItsQuantities() {
    PhasedDiagram diagram =
        SmallGrids.of(
            "",
            List.of(
                List.of(without("mode_connectivity", cell(0.001, 0, 1))),
                List.of(without("train_loss", TOO_COLD)),
                List.of(without("cka", cell(0.001, 0, 1)))));

    assertThat(Diagnoses.of(List.of(diagram), false).all())
        .extracting(Diagnosis::reason)
        .containsExactly(
            "converged: too cold", "mode_connectivity below 0: too cold", "phase IV: too cold");
  }

  @Test
  void of_decayedLearningRatesWithoutPhaseTwoAreNotDecidable() {
    PhasedDiagram without = SmallGrids.of("", List.of(List.of(TOO_COLD), List.of(TOO_COLD)));
    PhasedDiagram with = SmallGrids.of("", List.of(List.of(TOO_COLD), List.of(TOO_HOT)));

    Diagnosis silent = Diagnoses.of(List.of(without), true).of("0.0").orElseThrow();
    assertThat(silent.temperature()).isEqualTo(TemperatureAdvice.NOT_DECIDABLE);
    assertThat(silent.reason()).startsWith("the learning rate decays and no cell");
    assertThat(Diagnoses.of(List.of(with), true).of("0.0").orElseThrow().temperature())
        .isEqualTo(TemperatureAdvice.HOTTER);
    assertThat(Diagnoses.of(List.of(with), true).limits()).hasSize(2);
  }

  @Test
  void of_furtherAxesGiveTheBestCellThatDiffersInOneAlone() {
    PhasedDiagram little = SmallGrids.of("data_fraction=0.1, noise=0", List.of(List.of(TOO_HOT)));
    PhasedDiagram all =
        SmallGrids.of("data_fraction=1, noise=0", List.of(List.of(cell(0.5, 3, 82))));
    PhasedDiagram noisy =
        SmallGrids.of("data_fraction=1, noise=0.1", List.of(List.of(cell(0.5, 3, 99))));

    Diagnosis diagnosis =
        Diagnoses.of(List.of(little, all, noisy), false)
            .of("data_fraction=0.1, noise=00.0")
            .orElseThrow();

    assertThat(diagnosis.further()).hasSize(1);
    assertThat(diagnosis.advice()).contains("data_fraction: larger (0.1 -> 1, +12.0 points here)");
  }

  @Test
  void of_oneCellAloneSaysThatNothingElseWasMeasured() {
    assertThat(only(SmallGrids.of("", List.of(List.of(TOO_HOT))), "0.0").advice())
        .containsExactly(
            "batch_size: larger than 16 (phase II: too hot; nothing larger was measured here)",
            "width: nothing better in this grid");
  }

  @Test
  void of_cellsAllAlikeHaveNoDirection() {
    Diagnoses diagnoses =
        Diagnoses.of(
            List.of(
                SmallGrids.of("", List.of(List.of(TOO_HOT, TOO_HOT), List.of(TOO_HOT, TOO_HOT)))),
            false);

    assertThat(diagnoses.score().withoutDirection()).isEqualTo(4);
    assertThat(diagnoses.score().scored()).isZero();
    assertThat(diagnoses.all())
        .extracting(Diagnosis::baseline)
        .containsOnly(TemperatureAdvice.NOT_DECIDABLE);
  }

  @Test
  void of_noDiagramsIsAnEmptyAnswer() {
    Diagnoses diagnoses = Diagnoses.of(List.of(), false);

    assertThat(diagnoses.all()).isEmpty();
    assertThat(diagnoses.of("any")).isEmpty();
    assertThat(diagnoses.score().cells()).isZero();
  }
}
