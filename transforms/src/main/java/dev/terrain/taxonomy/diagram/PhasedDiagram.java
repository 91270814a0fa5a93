package dev.terrain.taxonomy.diagram;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.PhaseRule;
import dev.terrain.v1.TaxonomySettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A diagram whose cells are sorted into phases by {@link PhaseRule} with given thresholds. */
public final class PhasedDiagram {
  private final Diagram diagram;
  private final TaxonomySettings thresholds;
  private final Map<String, Phase> phases = new HashMap<>();

  /** Sorts the cells of a diagram. */
  public PhasedDiagram(Diagram diagram, TaxonomySettings thresholds) {
    this.diagram = diagram;
    this.thresholds = thresholds;
    PhaseRule rule = new PhaseRule(thresholds);
    for (DiagramCell cell : diagram.cells()) {
      Phase phase =
          rule.decide(cell.mean("train_loss"), cell.mean("mode_connectivity"), cell.mean("cka"))
              .phase();
      if (phase != null) {
        phases.put(cell.id(), phase);
      }
    }
  }

  /** The diagram. */
  public Diagram diagram() {
    return diagram;
  }

  /** The thresholds. */
  public TaxonomySettings thresholds() {
    return thresholds;
  }

  /** Cells by row, then column. */
  public List<DiagramCell> cells() {
    return diagram.cells();
  }

  /** The phase of a cell; empty if a quantity that it depends on was not measured. */
  public Optional<Phase> phase(DiagramCell cell) {
    return Optional.ofNullable(phases.get(cell.id()));
  }

  /** Whether a cell's training loss is below the threshold; null if it was not measured. */
  public @Nullable Boolean isConverged(DiagramCell cell) {
    Double loss = cell.mean("train_loss");
    return loss == null ? null : Boolean.valueOf(loss < thresholds.getConvergedTrainLoss());
  }

  /**
   * Whether no barrier parts a cell's models: mode connectivity at least minus the threshold, in
   * converged and other cells alike; null if it was not measured. (The phases I and II are split at
   * 0 instead, as the study does.)
   */
  public @Nullable Boolean isConnected(DiagramCell cell) {
    Double connectivity = cell.mean("mode_connectivity");
    return connectivity == null
        ? null
        : Boolean.valueOf(connectivity >= 0.0 - thresholds.getConnectedModeConnectivity());
  }
}
