package dev.terrain.pipelines;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a run has to do in one stage.
 *
 * @param stage name of the stage
 * @param done units that the ledger holds
 * @param missing keys of the units that it lacks
 * @param resumable how many of them go on from saved progress
 * @param failedBefore how many of them failed in the last run
 * @param examples for each missing unit, what it is, as people read it; the first few
 * @param meanDuration mean time of a unit in the ledger; null if there is none
 */
public record StagePlan(
    String stage,
    int done,
    Set<String> missing,
    int resumable,
    int failedBefore,
    List<String> examples,
    Duration meanDuration) {
  /** Units in all. */
  public int total() {
    return done + missing.size();
  }

  /** Missing units that were never begun. */
  public int fresh() {
    return missing.size() - resumable - failedBefore;
  }
}
