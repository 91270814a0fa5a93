package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.SyntheticGrid;
import java.util.List;

/** Grids with all phases. */
final class Landscapes {
  private Landscapes() {}

  /**
   * 8 x 8 cells: converged where column + row is at least 7, connected from column 3 on, similar
   * where wide; narrow nets have poor connectivity and accuracy, and unconverged ones are worst.
   */
  static SyntheticGrid typical() {
    return new SyntheticGrid(8, 8)
        .with("train_loss", (column, row) -> isConverged(column, row) ? 0.001 : 0.5)
        .with("mode_connectivity", Landscapes::connectivity)
        .with("cka", (column, row) -> 0.4 + 0.05 * column + 0.01 * ripple(column, row))
        .with("l2_distance", (column, row) -> 20 + 3 * (row % 4) + column)
        .with("hessian_trace", Landscapes::trace)
        .with("test_accuracy", Landscapes::accuracy);
  }

  static boolean isConverged(int column, int row) {
    return column + row >= 7;
  }

  private static double connectivity(int column, int row) {
    if (!isConverged(column, row)) {
      return column < 3 ? -5 : 5;
    }
    return column < 3 ? -9 + 2 * column : 0.1 * (column - 7);
  }

  private static double trace(int column, int row) {
    return (isConverged(column, row) ? 100 : 1500) * Math.exp(0.1 * row + 0.01 * column);
  }

  private static double accuracy(int column, int row) {
    double phase = isConverged(column, row) ? column < 3 ? 70 : 72 + 1.5 * column : 60;
    return phase + column + 0.3 * ripple(column, row);
  }

  /** Something like noise. */
  static double ripple(int column, int row) {
    return (3 * column + 5 * row + column * row) % 4;
  }

  static ClaimVerdict decide(String claim, PhasedDiagram... diagrams) {
    return Claims.ALL.stream()
        .filter(it -> it.number().equals(claim))
        .map(it -> Claims.verdict(it, List.of(diagrams)))
        .findFirst()
        .orElseThrow();
  }
}
