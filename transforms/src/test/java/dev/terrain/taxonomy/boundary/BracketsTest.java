package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketsTest {
  private static final PhasedDiagram PUBLISHED =
      new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build());

  private static Bracket bracket(BoundaryKind kind, double value) {
    return Brackets.of(PUBLISHED, kind).stream()
        .filter(b -> b.value() == value)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "6,724,1024",
    "8,512,724",
    "11,364,512",
    "16,256,364",
    "23,256,364",
    "32,180,256",
    "45,180,256",
    "64,180,256",
    "91,180,256",
    "128,180,256"
  })
  void of_publishedGrid_bracketsTheHessianTransitionOfEachWidth(
      double width, double below, double above) {
    Bracket bracket = bracket(BoundaryKind.HESSIAN, width);

    assertThat(bracket.isMonotone()).isTrue();
    assertThat(bracket.transition()).contains(new Bracket.Change(below, above, true, 0));
    assertThat(bracket.sentence())
        .contains("between batch_size %.0f and %.0f".formatted(below, above));
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "4"})
  void of_publishedGrid_narrowWidthsNeverConverge(double width) {
    Bracket bracket = bracket(BoundaryKind.HESSIAN, width);

    assertThat(bracket.changes()).isEmpty();
    assertThat(bracket.sentence()).contains("all cells not converged");
  }

  @ParameterizedTest
  @CsvSource({
    "16,2,3",
    "24,2,3",
    "44,2,3",
    "64,2,3",
    "92,6,8",
    "128,6,8",
    "180,8,11",
    "256,11,16",
    "364,11,16",
    "512,11,16",
    "724,11,16",
    "1024,11,16"
  })
  void of_publishedGrid_bracketsTheConnectivityTransitionOfEachBatchSize(
      double batch, double below, double above) {
    Bracket bracket = bracket(BoundaryKind.CONNECTIVITY, batch);

    assertThat(bracket.isMonotone()).isEqualTo(batch != 64);
    assertThat(bracket.transition()).contains(new Bracket.Change(below, above, true, 0));
  }

  @Test
  void of_publishedGrid_batchSize32IsConnectedAtEveryWidth() {
    Bracket bracket = bracket(BoundaryKind.CONNECTIVITY, 32);

    assertThat(bracket.changes()).isEmpty();
    assertThat(bracket.sentence()).contains("all cells connected");
  }

  @Test
  void of_missingCells_spansThemAndSaysSo() {
    Map<String, CellValue> high = Map.of("train_loss", CellValue.of(1));
    Map<String, CellValue> low = Map.of("train_loss", CellValue.of(1e-4));
    PhasedDiagram phased =
        SyntheticGrids.phased(
            4,
            List.of(
                new Diagram.Entry("a", 1, SyntheticGrids.batch(0), high),
                new Diagram.Entry("b", 1, SyntheticGrids.batch(3), low),
                new Diagram.Entry("c", 2, SyntheticGrids.batch(1), Map.of())));

    List<Bracket> brackets = Brackets.of(phased, BoundaryKind.HESSIAN);

    assertThat(brackets.get(0).transition())
        .contains(new Bracket.Change(SyntheticGrids.batch(0), SyntheticGrids.batch(3), true, 2));
    assertThat(brackets.get(0).missing()).isEqualTo(2);
    assertThat(brackets.get(0).sentence()).contains("2 of 4 cells not measured");
    assertThat(brackets.get(2).measured()).isZero();
    assertThat(brackets.get(2).sentence()).contains("no cell measured");
  }
}
