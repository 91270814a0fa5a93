package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.List;

/**
 * The claims of Yang et al.: Taxonomizing local versus global structure in neural network loss
 * landscapes (2021), as far as a sweep can speak to them. Each has an explicit rule with its
 * uncertainty, the same for every sweep, which its class states; a claim about a setting needs
 * cells that differ in it.
 */
public final class Claims {
  static final List<Claim> ALL =
      List.of(
          new BestInOneFlatBasin(),
          new SharpnessAlone(),
          new PoorConnectivity(),
          new ZeroLossCanHurt(),
          new BetterConnectivity(),
          new DipsAtTheTransition(),
          new DecayedRates(),
          new NoiseAndCurvature(),
          new DistanceAgainstSimilarity());

  private Claims() {}

  /**
   * Decides every claim.
   *
   * @param diagrams the diagrams of a sweep, one for each combination of its further axes; may be
   *     empty
   * @return C1 to C9
   */
  public static List<ClaimVerdict> of(List<PhasedDiagram> diagrams) {
    return ALL.stream().map(claim -> verdict(claim, diagrams)).toList();
  }

  static ClaimVerdict verdict(Claim claim, List<PhasedDiagram> diagrams) {
    boolean isEmpty = diagrams.stream().allMatch(diagram -> diagram.cells().isEmpty());
    Finding finding = isEmpty ? Finding.missing("there are no cells") : claim.decide(diagrams);
    return new ClaimVerdict(
        claim.number(), claim.statement(), finding.verdict(), finding.numbers(), finding.cells());
  }
}
