package dev.terrain.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyDiagramsTest {
  private final StudyDiagrams diagrams =
      new StudyDiagrams(
          MetricCatalogue.standard(),
          DiagramAxis.load("width", List.of(2.0, 4.0)),
          DiagramAxis.temperature("batch_size", List.of(16.0)));

  private static Cell cell(String id, String slice, double width, double batch) {
    return Cell.newBuilder()
        .setCellId(id)
        .setSweep("sweep")
        .setLoadSetting("width")
        .setLoadValue(width)
        .setTemperatureSetting("batch_size")
        .setTemperatureValue(batch)
        .setSlice(slice)
        .setNModels(3)
        .setNDiverged(0)
        .setNPairs(3)
        .setRevision(0)
        .setComputedAt(Instant.EPOCH)
        .build();
  }

  private static CellMetric.Builder metric(Cell cell, String name, String variant, Double mean) {
    return CellMetric.newBuilder()
        .setCellId(cell.getCellId())
        .setSweep("sweep")
        .setLoadSetting("width")
        .setLoadValue(cell.getLoadValue())
        .setTemperatureSetting("batch_size")
        .setTemperatureValue(cell.getTemperatureValue())
        .setSlice(cell.getSlice())
        .setMetric(name)
        .setVariant(variant)
        .setUnit("1")
        .setSummary("mean over models")
        .setN(3)
        .setNNotConverged(0)
        .setNWithoutValue(0)
        .setMean(mean)
        .setRevision(0)
        .setComputedAt(Instant.EPOCH);
  }

  @Test
  void slices_areDiagramsInTheOrderOfTheirValues_overAxesThatHoldAllCells() {
    List<Diagram> found =
        diagrams.of(
            List.of(
                cell("a", "label_noise=10", 2, 16),
                cell("b", "label_noise=9", 8, 16),
                cell("c", "label_noise=9", 2, 64)),
            List.of());

    assertThat(found).extracting(Diagram::name).containsExactly("label_noise=9", "label_noise=10");
    assertThat(found.get(0).load().values()).containsExactly(2.0, 4.0, 8.0);
    assertThat(found.get(0).temperature().values()).containsExactly(16.0, 64.0);
    assertThat(found.get(0).at(2, 0)).map(DiagramCell::id).contains("b");
    assertThat(found.get(0).at(1, 0)).isEmpty();
  }

  @Test
  void aMetric_goesByItsNameInItsPreferredVariant_elseInTheOneThatWasMeasured() {
    Cell cell = cell("a", null, 2, 16);
    DiagramCell found =
        diagrams
            .of(
                List.of(cell),
                List.of(
                    metric(cell, "cka", "debiased", 0.4).build(),
                    metric(cell, "cka", "paper", 0.5).build(),
                    metric(cell, "hessian_trace", "paper", 7.0).build(),
                    metric(cell, "mode_connectivity", "test split", -3.0).build(),
                    metric(cell, "hessian_trace", "default", 9.0).setParameters("fc1").build(),
                    metric(cell, "train_loss", "default", null).build()))
            .get(0)
            .cells()
            .get(0);

    assertThat(found.values().keySet())
        .containsExactlyInAnyOrder(
            "cka", "cka:debiased", "hessian_trace", "mode_connectivity:test split");
    assertThat(found.mean("cka")).isEqualTo(0.5);
    assertThat(found.mean("hessian_trace")).isEqualTo(7.0);
  }

  @Test
  void theError_isThatOfTheSeedsAndOfTheMeasurementTogether() {
    Cell cell = cell("a", null, 2, 16);
    DiagramCell found =
        diagrams
            .of(
                List.of(cell),
                List.of(
                    metric(cell, "hessian_trace", "default", 9.0)
                        .setNModels(5)
                        .setStd(2.0)
                        .setSeedError(3.0)
                        .setMeasurementError(4.0)
                        .build(),
                    metric(cell, "cka", "paper", 0.5).setStd(0.1).setStdError(0.05).build()))
            .get(0)
            .cells()
            .get(0);

    assertThat(found.value("hessian_trace").orElseThrow().error()).isCloseTo(5, within(1e-12));
    assertThat(found.value("hessian_trace").orElseThrow().n()).isEqualTo(5);
    assertThat(found.value("cka").orElseThrow().error()).isNull();
  }
}
