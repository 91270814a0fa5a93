package dev.terrain.pipelines;

import dev.terrain.spec.SweepExpansion;
import dev.terrain.stage.CurvatureStage;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether every model of a sweep has the parameters that its curvature is to be restricted to: what
 * there is depends on the architecture, and would only show once the models are trained.
 */
final class CurvatureParameters {
  private CurvatureParameters() {}

  /**
   * Checks a sweep.
   *
   * @throws IllegalArgumentException if a cell's networks have no array or layer of a name
   * @throws IOException if a data set is missing or corrupt
   */
  static void check(Sweep sweep, String dataLocation) throws IOException {
    if (!MetricFamily.CURVATURE.isAskedFor(sweep)
        || sweep.getCurvature().getParameters().isEmpty()) {
      return;
    }
    Set<List<Object>> seen = new HashSet<>();
    for (ModelSpec cell : (Iterable<ModelSpec>) SweepExpansion.of(sweep).cells()::iterator) {
      List<Object> names = List.of(cell.getArchitecture(), cell.getDepth(), cell.getHiddenWidths());
      if (seen.add(names)) {
        try {
          CurvatureStage.checkParameters(cell, sweep.getCurvature(), dataLocation);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "curvature.parameters of architecture '%s': %s"
                  .formatted(cell.getArchitecture(), e.getMessage()),
              e);
        }
      }
    }
  }
}
