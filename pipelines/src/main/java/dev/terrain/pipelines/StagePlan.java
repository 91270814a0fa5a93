package dev.terrain.pipelines;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run has to do in one stage.
 *
 * @param stage name of the stage
 * @param done units that the ledger holds, and that stay as they are
 * @param missing keys of the units that the run computes
 * @param skipped units that are missing and not selected
 * @param givenUp units that are missing and not tried, as they have failed too often or their
 *     record is corrupt
 * @param states how many of the missing units, those that are skipped and given up among them, are
 *     in which state
 * @param resumable how many of the units that the run computes go on from saved progress
 * @param examples for each unit that is not done, what it is, as people read it; the first few
 * @param meanDuration mean time of a unit in the ledger; null if there is none
 */
public record StagePlan(
    String stage,
    int done,
    Set<String> missing,
    int skipped,
    int givenUp,
    Map<UnitState, Integer> states,
    int resumable,
    List<String> examples,
    Duration meanDuration) {
  /** Units in all. */
  public int total() {
    return done + missing.size() + skipped + givenUp;
  }

  /** Units that are not done and in this state. */
  public int in(UnitState state) {
    return states.getOrDefault(state, 0);
  }
}
