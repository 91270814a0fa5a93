package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Quantities;
import java.util.List;

/**
 * C3. Two parts, among converged cells that differ in one setting alone: mode connectivity mc rises
 * with the width, and it falls with the label noise ({@link OrderedTrend}); at least one of the
 * cells must be poorly connected. Contradicted if one of them goes the other way, supported if one
 * of them goes as claimed.
 */
final class PoorConnectivity implements Claim {
  @Override
  public String number() {
    return "C3";
  }

  @Override
  public String statement() {
    return "Minima are poorly connected where models are small or labels are noisy.";
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    return Finding.all(
        List.of(
            arises(diagrams, Setting.WIDTH, true), arises(diagrams, Setting.LABEL_NOISE, false)));
  }

  private static Finding arises(
      List<PhasedDiagram> diagrams, Setting setting, boolean isClaimedToRise) {
    Ladders converged = Ladders.of(setting, diagrams).where(Rung::isConverged);
    boolean isAnyPoor =
        converged.ladders().stream()
            .flatMap(List::stream)
            .anyMatch(rung -> Boolean.FALSE.equals(rung.diagram().isConnected(rung.cell())));
    return converged.isEmpty() || isAnyPoor
        ? connectivity(diagrams, setting, isClaimedToRise)
        : Finding.missing(
            "none of the converged cells that differ in %s alone is known to be poorly connected"
                .formatted(converged.name()));
  }

  /** Whether mc rises, or falls, with a setting among converged cells. */
  static Finding connectivity(
      List<PhasedDiagram> diagrams, Setting setting, boolean isClaimedToRise) {
    Ladders ladders = Ladders.of(setting, diagrams);
    if (ladders.isEmpty()) {
      return Finding.missing(ladders.missing());
    }
    Ladders converged = ladders.where(Rung::isConverged);
    if (converged.isEmpty()) {
      return Finding.missing("no two converged cells differ in " + ladders.name() + " alone");
    }
    return OrderedTrend.of(
            converged,
            Quantities.MODE_CONNECTIVITY,
            rung -> rung.cell().mean(Quantities.MODE_CONNECTIVITY))
        .finding(isClaimedToRise);
  }
}
