package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;

/**
 * The direction of the temperature from the phase alone, nothing fitted: a cell that has converged,
 * or whose mode connectivity mc is negative, is too cold; one that has not converged and has mc ≥ 0
 * (phase II) is too hot.
 *
 * <p>On the grid of Yang et al. 2021 with a constant learning rate it is right in 94.0 % of 1,560
 * cells over ten amounts of data, and in 89.7 % of 156 cells at all of the data. The question and
 * the labels are those of Zhou et al.: MD tree, ICML 2024 (arXiv 2406.16988).
 */
final class PhaseRuleOfTemperature {
  private PhaseRuleOfTemperature() {}

  /** The advice, and the reason for it. */
  record Verdict(TemperatureAdvice advice, String reason) {}

  static Verdict of(PhasedDiagram diagram, DiagramCell cell) {
    BroadPhase phase = BroadPhase.of(diagram, cell).orElse(null);
    if (phase != null) {
      return phase == BroadPhase.II
          ? new Verdict(TemperatureAdvice.COLDER, "phase II: too hot")
          : new Verdict(TemperatureAdvice.HOTTER, "phase " + phase + ": too cold");
    }
    if (Boolean.TRUE.equals(diagram.isConverged(cell))) {
      return new Verdict(TemperatureAdvice.HOTTER, "converged: too cold");
    }
    Double connectivity = cell.mean("mode_connectivity");
    if (connectivity != null && connectivity < 0) {
      return new Verdict(TemperatureAdvice.HOTTER, "mode_connectivity below 0: too cold");
    }
    String missing =
        connectivity == null
            ? cell.mean("train_loss") == null
                ? "train_loss and mode_connectivity are missing"
                : "mode_connectivity is missing"
            : "train_loss is missing";
    return new Verdict(TemperatureAdvice.NOT_DECIDABLE, "the phase is not known: " + missing);
  }
}
