package dev.terrain.taxonomy.refinement;

import dev.terrain.taxonomy.diagnosis.BroadPhase;
import java.util.List;

/** How much speaks for each phase, as shares that sum to 1; all 0 while nothing was added. */
final class PhaseShares {
  private static final List<BroadPhase> PHASES = List.of(BroadPhase.values());

  private final double[] sums = new double[PHASES.size()];
  private double total;

  void add(BroadPhase phase, double weight) {
    sums[PHASES.indexOf(phase)] += weight;
    total += weight;
  }

  void add(PhaseShares other, double weight) {
    for (int k = 0; k < sums.length && other.total > 0; k++) {
      sums[k] += weight * other.sums[k] / other.total;
    }
    total += other.total > 0 ? weight : 0;
  }

  boolean isEmpty() {
    return !(total > 0);
  }

  double share(BroadPhase phase) {
    return isEmpty() ? 0 : sums[PHASES.indexOf(phase)] / total;
  }

  /** The likeliest phase. */
  BroadPhase first() {
    return PHASES.get(highest(-1));
  }

  /** The next to it. */
  BroadPhase second() {
    return PHASES.get(highest(highest(-1)));
  }

  /** Share of the likeliest phase minus that of the next. */
  double margin() {
    return share(first()) - share(second());
  }

  private int highest(int but) {
    int best = but == 0 ? 1 : 0;
    for (int k = 0; k < sums.length; k++) {
      if (k != but && sums[k] > sums[best]) {
        best = k;
      }
    }
    return best;
  }
}
