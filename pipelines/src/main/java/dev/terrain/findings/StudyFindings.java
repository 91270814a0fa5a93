package dev.terrain.findings;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.boundary.Boundaries;
import dev.terrain.taxonomy.boundary.PhaseThresholds;
import dev.terrain.taxonomy.claim.ClaimVerdict;
import dev.terrain.taxonomy.claim.Claims;
import dev.terrain.taxonomy.diagnosis.Diagnoses;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhaseProbabilities;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.neighbour.NeighbourCheck;
import dev.terrain.taxonomy.neighbour.NeighbourReport;
import dev.terrain.taxonomy.refinement.NextCell;
import dev.terrain.taxonomy.refinement.NextCells;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the cells of a study say together. Phases, thresholds and probabilities are found at once,
 * boundaries when they are first asked for, everything else anew each time.
 */
public final class StudyFindings {
  private final PhaseThresholds thresholds;
  private final List<PhasedDiagram> diagrams;
  private final Map<String, PhaseProbabilities> probabilities = new LinkedHashMap<>();
  private final boolean learningRateDecays;
  private List<Boundaries> boundaries;

  private StudyFindings(
      List<Diagram> diagrams, TaxonomySettings settings, boolean learningRateDecays) {
    this.thresholds = PhaseThresholds.of(diagrams, settings);
    this.learningRateDecays = learningRateDecays;
    this.diagrams =
        diagrams.stream()
            .map(diagram -> new PhasedDiagram(diagram, thresholds.settings()))
            .toList();
    for (Diagram diagram : diagrams) {
      for (DiagramCell cell : diagram.cells()) {
        probabilities.put(cell.id(), PhaseProbabilities.of(cell, thresholds.settings()));
      }
    }
  }

  /**
   * The findings of a study.
   *
   * @param diagrams one for each combination of the further axes
   * @param settings thresholds that hold where the data have no gap
   * @param learningRateDecays whether some models were trained with a learning rate that falls
   */
  public static StudyFindings of(
      List<Diagram> diagrams, TaxonomySettings settings, boolean learningRateDecays) {
    return new StudyFindings(diagrams, settings, learningRateDecays);
  }

  /** The thresholds, and where they come from. */
  public PhaseThresholds thresholds() {
    return thresholds;
  }

  /** The diagrams with the phases of their cells. */
  public List<PhasedDiagram> diagrams() {
    return diagrams;
  }

  /** The probabilities of the phases by the ids of the cells. */
  public Map<String, PhaseProbabilities> probabilities() {
    return Map.copyOf(probabilities);
  }

  /** The boundaries of each diagram. */
  public synchronized List<Boundaries> boundaries() {
    if (boundaries == null) {
      boundaries =
          diagrams.stream()
              .map(diagram -> Boundaries.of(diagram, "boundaries/" + diagram.diagram().name()))
              .toList();
    }
    return boundaries;
  }

  /** What becomes of the study's claims. */
  public List<ClaimVerdict> verdicts() {
    return Claims.of(diagrams);
  }

  /** What to change in each cell. */
  public Diagnoses diagnoses() {
    return Diagnoses.of(diagrams, learningRateDecays);
  }

  /** Cells that depart from their neighbours. */
  public NeighbourReport neighbours() {
    return NeighbourCheck.of(diagrams);
  }

  /**
   * Cells to measure next.
   *
   * @param newValues whether values may be proposed that the grid does not have
   */
  public List<NextCell> next(boolean newValues, int count) {
    Map<String, Map<Phase, Double>> known = new LinkedHashMap<>();
    probabilities.forEach(
        (cell, phases) -> {
          if (phases.reason() == null) {
            known.put(cell, phases.probabilities());
          }
        });
    return new ArrayList<>(NextCells.propose(diagrams, known, newValues, count));
  }
}
