package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import org.jspecify.annotations.Nullable;

/** What a boundary parts. */
public enum BoundaryKind {
  /** Converged cells (training loss below its threshold) from the others. */
  HESSIAN("Hessian transition", "converged", "not converged", true),
  /**
   * Connected cells (mode connectivity at least minus its threshold) from poorly connected ones.
   */
  CONNECTIVITY("connectivity transition", "connected", "poorly connected", false),
  /** IV-B from IV-A among the cells of phase IV: a crossover, not a transition. */
  CROSSOVER("crossover", "phase IV-B", "phase IV-A", true);

  private final String title;
  private final String positive;
  private final String negative;
  private final boolean isAlongTemperature;

  BoundaryKind(String title, String positive, String negative, boolean isAlongTemperature) {
    this.title = title;
    this.positive = positive;
    this.negative = negative;
    this.isAlongTemperature = isAlongTemperature;
  }

  /** Its name in sentences. */
  public String title() {
    return title;
  }

  /** The side of positive distances in words. */
  public String positive() {
    return positive;
  }

  /** The other side in words. */
  public String negative() {
    return negative;
  }

  /** Whether its place is read off a column, as a temperature; else off a row, as a load. */
  public boolean isAlongTemperature() {
    return isAlongTemperature;
  }

  /** Whether a cell is on the positive side; null if it was not measured or has no say. */
  @Nullable Boolean side(PhasedDiagram diagram, DiagramCell cell) {
    return switch (this) {
      case HESSIAN -> diagram.isConverged(cell);
      case CONNECTIVITY -> diagram.isConnected(cell);
      case CROSSOVER ->
          diagram
              .phase(cell)
              .filter(phase -> phase == Phase.IV_A || phase == Phase.IV_B)
              .map(phase -> phase == Phase.IV_B)
              .orElse(null);
    };
  }
}
