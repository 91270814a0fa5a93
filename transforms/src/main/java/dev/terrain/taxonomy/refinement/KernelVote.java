package dev.terrain.taxonomy.refinement;

import java.util.ArrayList;
import java.util.List;

/**
 * The share of each phase at a place x of the grid, by a vote of the cells at x_i with shares s_i:
 * Σ e^(-|x - x_i|² / 2ℓ²) s_i over the sum of the weights, distances in steps of the grid, ℓ =
 * {@value #LENGTH}.
 */
final class KernelVote {
  static final double LENGTH = 1.2;

  private final List<Voter> voters = new ArrayList<>();

  private record Voter(Place place, PhaseShares shares) {}

  /**
   * The outcome of a vote.
   *
   * @param shares of the phases; empty if nobody votes
   * @param nearest distance of the nearest voter, infinite if there is none
   */
  record Outcome(PhaseShares shares, double nearest) {}

  /** Lets a cell vote. */
  void add(Place place, PhaseShares shares) {
    voters.add(new Voter(place, shares));
  }

  Outcome at(Place place) {
    double nearest = Double.POSITIVE_INFINITY;
    for (Voter voter : voters) {
      nearest = Math.min(nearest, voter.place().squaredDistance(place));
    }
    PhaseShares shares = new PhaseShares();
    for (Voter voter : voters) {
      // Relative to the nearest, so that weights far from every cell do not all vanish.
      shares.add(voter.shares(), weight(voter.place().squaredDistance(place) - nearest));
    }
    return new Outcome(shares, Math.sqrt(nearest));
  }

  /** e^(-d² / 2ℓ²) of a squared distance d². */
  static double weight(double squaredDistance) {
    return Math.exp(-squaredDistance / (2 * LENGTH * LENGTH));
  }
}
