package dev.terrain.beam.units;

import dev.terrain.stage.StackingStage;
import dev.terrain.stage.StageContext;
import dev.terrain.v1.Unit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On what terms a unit may be computed together with others.
 *
 * @param key what the others have in common with it
 * @param stage computes them
 * @param limit how many at most
 */
record StackTerms(StackKey key, StackingStage stage, StackLimit limit) {
  private static final Logger LOG = LoggerFactory.getLogger(StackTerms.class);

  /** How many units to compute together with this one at most, itself included. */
  int most(Unit unit, StageContext context) {
    try {
      return Math.max(1, Math.min(limit.units(), stage.stackSize(unit, context)));
    } catch (RuntimeException e) {
      // Whatever is wrong is the unit's own trouble, and shows when it is computed.
      LOG.debug("{} {} is computed alone", unit.getStage(), unit.getKey(), e);
      return 1;
    }
  }
}
