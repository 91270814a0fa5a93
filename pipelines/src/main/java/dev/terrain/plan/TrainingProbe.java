package dev.terrain.plan;

import dev.terrain.plan.Pace.Basis;
import dev.terrain.stage.standard.StepProbe;
import dev.terrain.stage.standard.UnitCosts;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times steps of the cheapest and of the dearest training of a sweep. Their paces tell how the
 * machine compares to the nominal times; what stages other than training make of it is known to a
 * factor of about two, and so is the whole.
 */
final class TrainingProbe {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingProbe.class);

  /** Of each of the two; a second together with what the first steps take. */
  private static final double SECONDS = 0.3;

  private final Sweep sweep;
  private final String dataLocation;

  TrainingProbe(Sweep sweep, String dataLocation) {
    this.sweep = sweep;
    this.dataLocation = dataLocation;
  }

  /**
   * The pace of this machine; empty if the engine does not work here.
   *
   * @throws IOException if a data set is missing or corrupt
   */
  Optional<Pace> pace() throws IOException {
    UnitCosts costs = new UnitCosts(dataLocation);
    ModelSpec cheapest = null;
    ModelSpec dearest = null;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (ModelSpec cell : (Iterable<ModelSpec>) SweepExpansion.of(sweep).cells()::iterator) {
      double step = costs.ofStep(cell);
      if (step < least) {
        least = step;
        cheapest = cell;
      }
      if (step > most) {
        most = step;
        dearest = cell;
      }
    }
    try {
      double first = StepProbe.pace(cheapest, dataLocation, SECONDS);
      double second = StepProbe.pace(dearest, dataLocation, SECONDS);
      return Optional.of(
          new Pace(
                  Math.min(first, second),
                  Math.sqrt(first * second),
                  Math.max(first, second),
                  Basis.PROBE)
              .widened());
    } catch (RuntimeException | LinkageError e) {
      // A run says what is wrong with the engine; a plan does without it.
      LOG.debug("no steps could be timed", e);
      return Optional.empty();
    }
  }
}
