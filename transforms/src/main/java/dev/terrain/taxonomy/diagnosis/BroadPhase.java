package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.Optional;

/**
 * The four regions that sharp changes of training loss and mode connectivity part: the phases of
 * {@link Phase} with IV-A and IV-B as one, since between these two there is a crossover and no
 * boundary (Yang et al. 2021, section 3.1).
 */
public enum BroadPhase {
  /** Unconverged, negative mode connectivity. */
  I,
  /** Unconverged, other mode connectivity. */
  II,
  /** Converged, poorly connected. */
  III,
  /** Converged, connected. */
  IV;

  /** The region of a phase. */
  public static BroadPhase of(Phase phase) {
    return switch (phase) {
      case I -> I;
      case II -> II;
      case III -> III;
      case IV_A, IV_B -> IV;
    };
  }

  /** The region of a cell; empty if its loss or connectivity was not measured. No CKA is needed. */
  public static Optional<BroadPhase> of(PhasedDiagram diagram, DiagramCell cell) {
    Optional<BroadPhase> known = diagram.phase(cell).map(BroadPhase::of);
    if (known.isPresent()) {
      return known;
    }
    boolean isFourth =
        Boolean.TRUE.equals(diagram.isConverged(cell))
            && Boolean.TRUE.equals(diagram.isConnected(cell));
    return isFourth ? Optional.of(IV) : Optional.empty();
  }
}
