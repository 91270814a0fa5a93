package dev.terrain.stage;

import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;

/** One of several units that are computed together. It ends once, in one of two ways. */
public interface StackMember {
  /** The unit. */
  Unit unit();

  /**
   * Where the unit finds and leaves things. Its listener is the unit's own: what it throws ends
   * this member, and is to be handed to {@link #fail}.
   */
  StageContext context();

  /**
   * What stamps the unit's result. It has run since the stack began, and takes as the unit's time
   * its share of the stack's.
   */
  UnitClock clock();

  /**
   * The unit is computed: its result is recorded, and it leaves the stack. Never throws for what
   * goes wrong with that, which is the unit's failure and not the stack's.
   *
   * @throws IllegalStateException if the member has ended before
   */
  void complete(UnitResult result);

  /**
   * The unit cannot be computed, or is given up: it leaves the stack.
   *
   * @param failure a {@link java.util.concurrent.CancellationException} if nobody waits for it
   * @throws IllegalStateException if the member has ended before
   */
  void fail(Exception failure);
}
