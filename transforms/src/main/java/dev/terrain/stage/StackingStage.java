package dev.terrain.stage;

import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A stage that can compute several of its units in one go: a stack. Which units form one depends on
 * what a worker finds at hand, so a unit's rows are the same, times aside, whatever it is computed
 * with, and the same as those of {@link #compute}.
 */
public interface StackingStage extends Stage {
  /**
   * What a unit may be computed together with: units of one study whose keys are equal. Empty for a
   * unit that is computed alone. Asked once a unit, while its collection waits, so it must be
   * cheap.
   *
   * @throws IOException if the store fails or holds something corrupt; the unit is then computed
   *     alone
   */
  Optional<String> stackKey(Unit unit, StageContext context) throws IOException;

  /**
   * How many units of this one's key to compute together at most: as many as pay, and as memory
   * holds. Asked by a worker that is about to compute the unit.
   */
  int stackSize(Unit unit, StageContext context);

  /**
   * Computes units of one key together. Each member ends by {@link StackMember#complete} or {@link
   * StackMember#fail} as soon as its outcome is known; one that fails leaves the others alone.
   *
   * <p>Members that have not ended when this returns or throws are computed one by one.
   *
   * @param members two or more
   */
  void computeStack(List<StackMember> members);
}
