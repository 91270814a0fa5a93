package dev.terrain.taxonomy.refinement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextCellsTest {
  private static final DiagramAxis WIDTHS =
      new DiagramAxis("width", List.of(2.0, 4.0, 8.0, 16.0, 32.0), false);
  private static final DiagramAxis BATCHES =
      new DiagramAxis("batch_size", List.of(16.0, 32.0, 64.0, 128.0, 256.0), false);

  /**
   * Rows of the signs of mc: {@code +} is II, {@code -} is I, {@code ?} lacks it, {@code .} none.
   */
  private static PhasedDiagram diagram(
      String name, DiagramAxis load, DiagramAxis temperature, String... rows) {
    List<Diagram.Entry> entries = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length(); column++) {
        char sign = rows[row].charAt(column);
        Map<String, CellValue> loss = Map.of("train_loss", CellValue.of(1));
        if (sign != '.') {
          entries.add(
              new Diagram.Entry(
                  name + row + "." + column,
                  load.values().get(column),
                  temperature.values().get(row),
                  sign == '?'
                      ? loss
                      : Map.of(
                          "train_loss",
                          CellValue.of(1),
                          "mode_connectivity",
                          CellValue.of(sign == '+' ? 5 : -5))));
        }
      }
    }
    return new PhasedDiagram(
        Diagram.of(name, load, temperature, entries), TaxonomySettings.newBuilder().build());
  }

  private static List<NextCell> propose(PhasedDiagram diagram, int count) {
    return NextCells.propose(List.of(diagram), Map.of(), true, count);
  }

  @Test
  void propose_namesThePlaceBetweenTwoPhases() {
    PhasedDiagram diagram =
        diagram("", WIDTHS, BATCHES, "--.++", "--.++", "-...+", "--.++", "--.++");

    NextCell first = propose(diagram, 1).get(0);

    assertThat(first.load()).isEqualTo(8);
    assertThat(first.temperature()).isEqualTo(64);
    assertThat(first.kind()).isEqualTo(NextCell.Kind.MEASURE);
    assertThat(first.margin()).isLessThan(1e-9);
    assertThat(first.why())
        .startsWith("not measured; the cells around it vote ")
        .contains("I 0.50", "II 0.50");
  }

  @Test
  void propose_severalSpreadAlongTheBoundary() {
    PhasedDiagram diagram =
        diagram("", WIDTHS, BATCHES, "-...+", "-...+", "-...+", "-...+", "-...+");

    List<NextCell> cells = propose(diagram, 3);

    assertThat(cells).extracting(NextCell::load).containsOnly(8.0);
    assertThat(cells)
        .extracting(NextCell::temperature)
        .containsExactlyInAnyOrder(16.0, 64.0, 256.0);
  }

  @Test
  void propose_nothingMeasuredBeginsWithCornersAndCentre() {
    List<NextCell> cells = propose(diagram("", WIDTHS, BATCHES), 5);

    assertThat(cells)
        .extracting(cell -> cell.load() + " " + cell.temperature())
        .containsExactlyInAnyOrder("2.0 16.0", "32.0 16.0", "2.0 256.0", "32.0 256.0", "8.0 64.0");
    assertThat(cells)
        .extracting(NextCell::why)
        .containsOnly("not measured; no cell has a phase yet");
  }

  @Test
  void propose_onePhaseAloneLooksWhereLeastIsKnown() {
    NextCell first = propose(diagram("", WIDTHS, BATCHES, "++", "++"), 1).get(0);

    assertThat(first.load()).isEqualTo(32);
    assertThat(first.temperature()).isEqualTo(256);
    assertThat(first.margin()).isEqualTo(1);
    assertThat(first.why()).isEqualTo("not measured; the cells around it are all in II");
  }

  @Test
  void propose_fullGridHalvesTheStepsAcrossTheBoundary() {
    DiagramAxis batches = new DiagramAxis("batch_size", List.of(16.0, 32.0), false);
    PhasedDiagram diagram = diagram("", WIDTHS, batches, "--+++", "--+++");

    List<NextCell> cells = propose(diagram, 10);

    assertThat(cells).extracting(NextCell::kind).containsOnly(NextCell.Kind.BETWEEN);
    // √(4·8) = 5.66, to a whole number since widths are.
    assertThat(cells).extracting(NextCell::load).containsExactly(6.0, 6.0);
    assertThat(cells.get(0).why()).isEqualTo("the boundary lies between width 4 (I) and 8 (II)");
  }

  @Test
  void propose_neighbouringWholeNumbersLeaveNothingBetween() {
    DiagramAxis depths = new DiagramAxis("depth", List.of(1.0, 2.0, 3.0), false);
    DiagramAxis rates = new DiagramAxis("learning_rate", List.of(0.1), true);

    assertThat(propose(diagram("", depths, rates, "-++"), 5)).isEmpty();
  }

  @Test
  void propose_fractionsAreHalvedOnTheirScale() {
    DiagramAxis widths = new DiagramAxis("width", List.of(8.0), false);
    DiagramAxis decays = new DiagramAxis("weight_decay", List.of(1e-4, 1e-3), true);

    assertThat(propose(diagram("", widths, decays, "-", "+"), 1))
        .extracting(NextCell::temperature)
        .containsExactly(3.162e-4);
  }

  @Test
  void propose_newValuesOnlyWhereTheyAreAllowed() {
    PhasedDiagram diagram = diagram("", WIDTHS, BATCHES, "--+++");

    assertThat(NextCells.propose(List.of(diagram), Map.of(), false, 50))
        .hasSize(20)
        .extracting(NextCell::kind)
        .containsOnly(NextCell.Kind.MEASURE);
  }

  @Test
  void propose_cellsThatAreNotSureGetMoreSeeds() {
    PhasedDiagram diagram =
        diagram("", WIDTHS, new DiagramAxis("batch_size", List.of(16.0), false), "--+++");

    List<NextCell> cells =
        NextCells.propose(
            List.of(diagram),
            Map.of(
                "0.2", Map.of(Phase.II, 0.55, Phase.I, 0.45),
                "0.3", Map.of(Phase.II, 0.95, Phase.I, 0.05)),
            true,
            1);

    assertThat(cells).hasSize(1);
    assertThat(cells.get(0).kind()).isEqualTo(NextCell.Kind.REPEAT);
    assertThat(cells.get(0).cellId()).isEqualTo("0.2");
    assertThat(cells.get(0).why()).isEqualTo("more seeds: phase II has probability 0.55, I 0.45");
  }

  @Test
  void propose_theCrossoverOfTheFourthPhaseIsNoBoundary() {
    PhasedDiagram diagram =
        diagram("", WIDTHS, new DiagramAxis("batch_size", List.of(16.0), false), "-----");

    assertThat(
            NextCells.propose(
                List.of(diagram), Map.of("0.0", Map.of(Phase.IV_A, 0.5, Phase.IV_B, 0.5)), true, 9))
        .isEmpty();
  }

  @Test
  void propose_anOpenPhaseIsToBeCompleted() {
    PhasedDiagram diagram =
        diagram("", WIDTHS, new DiagramAxis("batch_size", List.of(16.0), false), "--?++");

    NextCell first = propose(diagram, 1).get(0);

    assertThat(first.kind()).isEqualTo(NextCell.Kind.COMPLETE);
    assertThat(first.cellId()).isEqualTo("0.2");
    assertThat(first.why()).startsWith("its phase is open; ");
  }

  @Test
  void propose_slicesDoNotVoteForEachOther() {
    PhasedDiagram settled = diagram("noise=0", WIDTHS, BATCHES, "+++++", "+++++", "+++++", "+++++");
    PhasedDiagram open = diagram("noise=0.1", WIDTHS, BATCHES, "--.++");

    assertThat(NextCells.propose(List.of(settled, open), Map.of(), true, 1))
        .extracting(NextCell::slice)
        .containsExactly("noise=0.1");
  }

  @Test
  void propose_refusesACountOfNone() {
    assertThatThrownBy(() -> NextCells.propose(List.of(), Map.of(), true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count (0) must be positive");
    assertThat(NextCells.propose(List.of(), Map.of(), true, 3)).isEmpty();
  }
}
