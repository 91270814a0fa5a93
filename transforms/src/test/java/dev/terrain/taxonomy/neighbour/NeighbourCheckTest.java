package dev.terrain.taxonomy.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourCheckTest {
  private static PhasedDiagram phased(Diagram diagram) {
    return new PhasedDiagram(diagram, TaxonomySettings.newBuilder().build());
  }

  private static List<String> suspicious(PhasedDiagram diagram) {
    return NeighbourCheck.of(List.of(diagram)).suspicious().stream()
        .map(SuspiciousCell::cellId)
        .toList();
  }

  /** The published grid with a metric of one cell moved. */
  private static PhasedDiagram planted(String id, String metric, double by) {
    Diagram grid = PublishedGrid.fullData();
    List<Diagram.Entry> entries = new ArrayList<>();
    for (DiagramCell cell : grid.cells()) {
      Map<String, CellValue> values = new HashMap<>(cell.values());
      if (cell.id().equals(id)) {
        values.computeIfPresent(metric, (name, value) -> CellValue.of(value.mean() + by));
      }
      entries.add(new Diagram.Entry(cell.id(), cell.load(), cell.temperature(), values));
    }
    return phased(Diagram.of("", grid.load(), grid.temperature(), entries));
  }

  /** A value at a place, both coordinates in 0 … 1, with a standard normal number for noise. */
  private interface Shape {
    double at(double x, double y, double noise);
  }

  private static PhasedDiagram synthetic(
      int columns, int rows, long seed, Map<String, Shape> shapes) {
    CounterRandom random = CounterRandom.of("neighbour check", "noise", seed);
    List<Diagram.Entry> entries = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double x = column / Math.max(1.0, columns - 1.0);
        double y = row / Math.max(1.0, rows - 1.0);
        Map<String, CellValue> values = new HashMap<>();
        for (String metric : shapes.keySet().stream().sorted().toList()) {
          double value = shapes.get(metric).at(x, y, random.nextGaussian());
          values.put(metric, CellValue.of(value));
        }
        entries.add(
            new Diagram.Entry(row + "." + column, Math.pow(2, column), Math.pow(2, row), values));
      }
    }
    return phased(Diagram.of("", axis("width", columns), axis("batch_size", rows), entries));
  }

  private static DiagramAxis axis(String name, int size) {
    return new DiagramAxis(
        name, IntStream.range(0, size).mapToObj(i -> Math.pow(2, i)).toList(), false);
  }

  private static final Map<String, Shape> SMOOTH =
      Map.of(
          "cka", (x, y, noise) -> 0.5 + 0.2 * Math.tanh(2 * (x - y)) + 0.03 * noise,
          "mode_connectivity", (x, y, noise) -> 10 + 5 * x + noise,
          "hessian_trace", (x, y, noise) -> Math.exp(5 + y + 0.3 * noise),
          "train_loss", (x, y, noise) -> Math.exp(-3 * x * x + 0.3 * noise),
          "test_accuracy", (x, y, noise) -> 60 + 20 * x * y + noise);

  @Test
  void of_thePublishedGridItselfNamesOneCell() {
    NeighbourReport report = NeighbourCheck.of(List.of(phased(PublishedGrid.fullData())));

    assertThat(report.cells()).isEqualTo(169);
    assertThat(report.compared()).isEqualTo(149);
    assertThat(report.suspicious()).hasSize(1);
    SuspiciousCell cell = report.suspicious().get(0);
    assertThat(cell.cellId()).isEqualTo("w2-b180");
    assertThat(cell.why())
        .isEqualTo(
            "test_accuracy 55.33 where its neighbours let expect 63.47: 5.8 times the usual"
                + " departure");
    // Its CKA is the lowest of its surroundings as well, if not by five times.
    assertThat(cell.departures().get(1).metric()).isEqualTo("cka");
    assertThat(cell.departures().get(1).factor()).isBetween(3.0, 5.0);
  }

  @ParameterizedTest
  @CsvSource({
    "w45-b512, -0.15",
    "w32-b364, 0.15",
    "w64-b724, -0.15",
    "w91-b364, -0.15",
    "w23-b724, 0.15"
  })
  void of_aPlantedFaultInCkaIsFoundAndNothingElse(String id, double by) {
    assertThat(suspicious(planted(id, "cka", by))).containsExactlyInAnyOrder(id, "w2-b180");
  }

  @Test
  void of_aFaultThatMakesAPhaseOfItsOwnIsFound() {
    assertThat(suspicious(planted("w64-b512", "mode_connectivity", -12)))
        .containsExactlyInAnyOrder("w64-b512", "w2-b180");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 9})
  void of_smoothGridsWithNormalNoiseRarelyGiveAnAlarm(int side) {
    int grids = 100;
    long alarmed =
        IntStream.range(0, grids)
            .filter(seed -> !suspicious(synthetic(side, side, seed, SMOOTH)).isEmpty())
            .count();

    // One in forty, and two standard errors of the simulation.
    assertThat(alarmed).isLessThanOrEqualTo(Math.round(grids / 40.0 + 2 * Math.sqrt(grids / 40.0)));
  }

  @Test
  void of_aSteepSlopeInOnePhaseIsNoFault() {
    Map<String, Shape> steep = new HashMap<>(SMOOTH);
    steep.put("cka", (x, y, noise) -> 0.5 + 0.3 * Math.tanh(12 * (x - 0.48)) + 0.001 * noise);

    assertThat(suspicious(synthetic(13, 13, 1, steep))).isEmpty();
  }

  @Test
  void of_aBoundaryExplainsItsStep() {
    Map<String, Shape> stepped = new HashMap<>(SMOOTH);
    stepped.put("train_loss", (x, y, noise) -> (y > 0.5 ? 1e-4 : 1) * Math.exp(0.2 * noise));
    stepped.put("test_accuracy", (x, y, noise) -> (y > 0.5 ? 85 : 70) + 0.3 * noise);

    assertThat(suspicious(synthetic(10, 10, 1, stepped))).isEmpty();
  }

  @Test
  void of_whatACellsOwnErrorExplainsIsNotReported() {
    PhasedDiagram faulty = planted("w45-b512", "cka", -0.15);
    List<Diagram.Entry> entries = new ArrayList<>();
    for (DiagramCell cell : faulty.cells()) {
      Map<String, CellValue> values = new HashMap<>(cell.values());
      values.computeIfPresent(
          "cka",
          (name, value) ->
              cell.id().equals("w45-b512")
                  ? new CellValue(value.mean(), 5, 0.1, 0.1 / Math.sqrt(5))
                  : value);
      entries.add(new Diagram.Entry(cell.id(), cell.load(), cell.temperature(), values));
    }
    Diagram grid = faulty.diagram();

    assertThat(suspicious(phased(Diagram.of("", grid.load(), grid.temperature(), entries))))
        .containsExactly("w2-b180");
  }

  @Test
  void of_oneRowSaysWhatCannotBeCompared() {
    NeighbourReport report = NeighbourCheck.of(List.of(synthetic(13, 1, 0, SMOOTH)));

    assertThat(report.suspicious()).isEmpty();
    assertThat(report.compared()).isZero();
    assertThat(report.undecided())
        .hasSize(5)
        .contains(
            "ln train_loss: not compared, as 0 cells of 13 have it with enough neighbours of their"
                + " phase (12 are needed)");
  }

  @Test
  void of_aMetricThatIsMissingIsNamedAndTheOthersCompared() {
    Map<String, Shape> some = new HashMap<>(SMOOTH);
    some.remove("cka");
    NeighbourReport report = NeighbourCheck.of(List.of(synthetic(6, 6, 0, some)));

    // All but the corners, which have three neighbours.
    assertThat(report.compared()).isEqualTo(32);
    assertThat(report.undecided()).hasSize(1).first().asString().startsWith("cka: not compared");
  }

  @Test
  void of_cellsAllAlikeAreNotSuspicious() {
    Map<String, Shape> alike = new HashMap<>();
    SMOOTH.keySet().forEach(metric -> alike.put(metric, (x, y, noise) -> 0.5));

    assertThat(suspicious(synthetic(5, 5, 0, alike))).isEmpty();
  }

  @Test
  void of_refusesAFactorOfNone() {
    assertThatThrownBy(() -> NeighbourCheck.of(List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factor (0.0) must be positive");
    assertThat(NeighbourCheck.of(List.of()).suspicious()).isEmpty();
  }
}
