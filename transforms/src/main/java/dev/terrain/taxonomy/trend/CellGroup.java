package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.List;
import java.util.Optional;

/** Groups of cells whose trends are told apart. */
public enum CellGroup {
  /** Every cell. */
  ALL("all cells"),
  /** Cells whose training loss is below the threshold. */
  CONVERGED("converged"),
  /** Phase I. */
  I("I"),
  /** Phase II. */
  II("II"),
  /** Phase III. */
  III("III"),
  /** Phases IV-A and IV-B, and cells of the two whose CKA was not measured. */
  IV("IV");

  private final String label;

  CellGroup(String label) {
    this.label = label;
  }

  /** The group as tables and reports write it. */
  public String label() {
    return label;
  }

  /** Whether a cell is in the group; false if what would tell was not measured. */
  public boolean contains(PhasedDiagram diagram, DiagramCell cell) {
    Optional<Phase> phase = diagram.phase(cell);
    return switch (this) {
      case ALL -> true;
      case CONVERGED -> Boolean.TRUE.equals(diagram.isConverged(cell));
      case I -> phase.equals(Optional.of(Phase.I));
      case II -> phase.equals(Optional.of(Phase.II));
      case III -> phase.equals(Optional.of(Phase.III));
      case IV ->
          phase
              .map(it -> it == Phase.IV_A || it == Phase.IV_B)
              .orElseGet(() -> isFour(diagram, cell));
    };
  }

  /** Without a phase only its letter can be missing. */
  private static boolean isFour(PhasedDiagram diagram, DiagramCell cell) {
    return Boolean.TRUE.equals(diagram.isConverged(cell))
        && Boolean.TRUE.equals(diagram.isConnected(cell));
  }

  /** The cells of a diagram that are in the group, by row, then column. */
  public List<DiagramCell> of(PhasedDiagram diagram) {
    return diagram.cells().stream().filter(cell -> contains(diagram, cell)).toList();
  }
}
