package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.List;

/** One claim of the study, with the rule by which a sweep decides it. */
sealed interface Claim
    permits BestInOneFlatBasin,
        SharpnessAlone,
        PoorConnectivity,
        ZeroLossCanHurt,
        BetterConnectivity,
        DipsAtTheTransition,
        DecayedRates,
        NoiseAndCurvature,
        DistanceAgainstSimilarity {

  /** Its number, such as {@code C1}. */
  String number();

  /** The claim in one sentence. */
  String statement();

  /**
   * Decides it.
   *
   * @param diagrams the diagrams of a sweep, one for each combination of its further axes
   */
  Finding decide(List<PhasedDiagram> diagrams);
}
