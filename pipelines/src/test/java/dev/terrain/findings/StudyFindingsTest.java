package dev.terrain.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.report.Findings;
import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.boundary.Threshold;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All findings together: on the grid that the study's authors released, and where there is little.
 */
class StudyFindingsTest {
  private static final TaxonomySettings DEFAULTS = TaxonomySettings.newBuilder().build();

  private static ChartedStudy study() {
    Axis axis = new Axis("width", List.of("2"));
    Sweep plan =
        Sweep.newBuilder()
            .setName("grid")
            .setBase(ModelSpec.newBuilder().build())
            .setLoad(axis)
            .setTemperature(axis)
            .setOtherAxes(List.of())
            .setSeeds(List.of())
            .setMetrics(List.of())
            .setTaxonomy(DEFAULTS)
            .build();
    DiagramAxis width = DiagramAxis.load("width", List.of(2.0));
    return new ChartedStudy(plan, width, width, null, List.of(), List.of());
  }

  private static Map<Phase, Integer> counts(StudyFindings findings) {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    for (PhasedDiagram diagram : findings.diagrams()) {
      diagram
          .cells()
          .forEach(
              cell -> diagram.phase(cell).ifPresent(phase -> counts.merge(phase, 1, Integer::sum)));
    }
    return counts;
  }

  @Test
  void onThePublishedGrid_thresholdsAreTakenFromTheGaps_andThePhasesAreTheStudys() {
    StudyFindings findings = StudyFindings.of(List.of(PublishedGrid.fullData()), DEFAULTS, false);

    assertThat(findings.thresholds().trainLoss().source()).isEqualTo(Threshold.Source.DATA);
    assertThat(findings.thresholds().modeConnectivity().source()).isEqualTo(Threshold.Source.DATA);
    assertThat(counts(findings))
        .isEqualTo(Map.of(Phase.I, 43, Phase.II, 87, Phase.III, 6, Phase.IV_A, 14, Phase.IV_B, 19));
    assertThat(findings.probabilities().values())
        .allMatch(phases -> "the error of train_loss is not known".equals(phases.reason()));
  }

  @Test
  void onThePublishedGrid_thePageHasBoundariesTrendsVerdictsAndAdvice() {
    Findings page =
        ReportFindings.of(
            study(),
            StudyFindings.of(List.of(PublishedGrid.fullData()), DEFAULTS, false),
            "terrain suggest");
    Findings.OfDiagram diagram = page.diagrams().get("");

    assertThat(diagram.boundaries()).extracting(Findings.Boundary::none).containsOnlyNulls();
    assertThat(diagram.boundaries()).allMatch(boundary -> !boundary.lines().isEmpty());
    assertThat(diagram.boundaries()).allMatch(boundary -> !boundary.band().isEmpty());
    assertThat(diagram.triple()).isNotNull();
    assertThat(page.verdicts()).hasSize(9);
    assertThat(page.cells())
        .hasSize(169)
        .allSatisfy((id, cell) -> assertThat(cell.advice()).isNotNull());
    assertThat(page.diagnosis().scores().get(0).n()).isEqualTo(156);
    assertThat(page.suggestion().command()).isEqualTo("terrain suggest");
  }

  @Test
  void withoutPhaseII_andWithAFallingLearningRate_theTemperatureIsNotDecidable() {
    DiagramAxis width = DiagramAxis.load("width", List.of(2.0, 4.0));
    DiagramAxis batch = DiagramAxis.temperature("batch_size", List.of(16.0, 64.0));
    Map<String, CellValue> values =
        Map.of(
            "train_loss", CellValue.of(0.001),
            "mode_connectivity", CellValue.of(0),
            "cka", CellValue.of(0.8),
            "test_accuracy", CellValue.of(80));
    Diagram diagram =
        Diagram.of(
            "",
            width,
            batch,
            List.of(new Diagram.Entry("a", 2, 16, values), new Diagram.Entry("b", 4, 64, values)));

    StudyFindings findings = StudyFindings.of(List.of(diagram), DEFAULTS, true);

    assertThat(findings.diagnoses().all())
        .allMatch(diagnosis -> diagnosis.temperature().name().equals("NOT_DECIDABLE"));
  }

  @Test
  void withoutCells_everythingSaysThatNothingIsKnown() {
    Findings page = ReportFindings.of(study(), StudyFindings.of(List.of(), DEFAULTS, false), null);

    assertThat(page.diagrams()).isEmpty();
    assertThat(page.verdicts()).extracting(Findings.Verdict::verdict).containsOnly("not decidable");
    assertThat(page.suggestion()).isNull();
  }
}
