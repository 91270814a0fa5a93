package dev.terrain.taxonomy.refinement;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cell that could be measured next.
 *
 * @param diagram index of its diagram
 * @param slice name of its diagram
 * @param place where it is
 * @param kind what is to be done
 * @param cellId the cell, if it is there
 * @param tier lower tiers come first, whatever the margins
 * @param outcome what is known of its phase
 * @param why put into words only for those that are chosen
 */
record Candidate(
    int diagram,
    String slice,
    Place place,
    NextCell.Kind kind,
    @Nullable String cellId,
    int tier,
    KernelVote.Outcome outcome,
    Supplier<String> why) {

  /** The kernel of the distance to another candidate; 0 between diagrams. */
  double similarity(Candidate other) {
    return diagram == other.diagram() ? KernelVote.weight(place.squaredDistance(other.place())) : 0;
  }

  NextCell cell() {
    return new NextCell(
        slice,
        place.load(),
        place.temperature(),
        kind,
        cellId,
        outcome.shares().margin(),
        why.get());
  }
}
