package dev.terrain.beam.units;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a run does about units that the ledger lacks.
 *
 * @param selection which of them it computes
 * @param maxAttempts how often a unit that fails is tried in all, in this run and in earlier ones,
 *     at least 1; a run tries a unit once
 * @param rerunFailed whether a unit that has failed so often is tried once more all the same
 * @param stopMarker name in the store of an object whose existence ends the run early: units that
 *     have not begun are left out. The first failure makes it. Null for a run that keeps going.
 */
public record RunControl(
    UnitSelection selection, int maxAttempts, boolean rerunFailed, @Nullable String stopMarker)
    implements Serializable {
  /** A failure may be the machine's fault once or twice; the same unit fails on a third as well. */
  public static final int DEFAULT_MAX_ATTEMPTS = 3;

  /** Computes everything and keeps going. */
  public static final RunControl STANDARD =
      new RunControl(UnitSelection.ALL, DEFAULT_MAX_ATTEMPTS, false, null);

  /** Checks the number of attempts. */
  public RunControl {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts (" + maxAttempts + ") must be at least 1");
    }
  }

  /** The same for other units. */
  public RunControl withSelection(UnitSelection newSelection) {
    return new RunControl(newSelection, maxAttempts, rerunFailed, stopMarker);
  }

  /** The same with another bound on attempts. */
  public RunControl withMaxAttempts(int attempts) {
    return new RunControl(selection, attempts, rerunFailed, stopMarker);
  }

  /** The same, but failed units are tried once more however often they failed. */
  public RunControl withRerunFailed(boolean rerun) {
    return new RunControl(selection, maxAttempts, rerun, stopMarker);
  }

  /** The same, but the first failure makes an object of this name, which ends the run early. */
  public RunControl withStopMarker(String name) {
    return new RunControl(selection, maxAttempts, rerunFailed, name);
  }

  /** Whether a unit that has been tried so often is tried again. */
  public boolean triesAgain(int attempts) {
    return rerunFailed || attempts < maxAttempts;
  }
}
