package dev.terrain.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run has to do in one stage.
 *
 * @param stage name of the stage
 * @param done units that the ledger holds, and that stay as they are
 * @param work nominal times, in seconds, of the units that the run computes, by their keys, in its
 *     order ({@link dev.terrain.stage.standard.UnitCosts})
 * @param skipped units that are missing and not selected
 * @param givenUp units that are missing and not tried, as they have failed too often or their
 *     record is corrupt
 * @param states how many of the missing units, those that are skipped and given up among them, are
 *     in which state
 * @param resumable how many of the units that the run computes go on from saved progress
 * @param examples for each unit that is not done, what it is, as people read it; the first few
 * @param meanDuration mean time of a unit in the ledger; null if there is none
 * @param pace how fast its units are computed; empty if nothing is known of that
 */
public record StagePlan(
    String stage,
    int done,
    Map<String, Double> work,
    int skipped,
    int givenUp,
    Map<UnitState, Integer> states,
    int resumable,
    List<String> examples,
    Duration meanDuration,
    Optional<Pace> pace) {
  /** Keys of the units that the run computes. */
  public Set<String> missing() {
    return work.keySet();
  }

  /** Units in all. */
  public int total() {
    return done + work.size() + skipped + givenUp;
  }

  /** Units that are not done and in this state. */
  public int in(UnitState state) {
    return states.getOrDefault(state, 0);
  }

  /** Time that the missing units will take one after the other. */
  public TimeEstimate estimate() {
    return estimate(work.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** Time of the longest of the missing units. */
  TimeEstimate longest() {
    return estimate(work.values().stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  private TimeEstimate estimate(double nominal) {
    if (work.isEmpty()) {
      return TimeEstimate.NONE;
    }
    return pace.map(known -> TimeEstimate.of(nominal, known))
        .orElse(
            new TimeEstimate(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), List.of(stage)));
  }

  StagePlan withPace(Pace known) {
    return new StagePlan(
        stage,
        done,
        work,
        skipped,
        givenUp,
        states,
        resumable,
        examples,
        meanDuration,
        Optional.of(known));
  }
}
