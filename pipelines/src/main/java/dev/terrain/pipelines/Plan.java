package dev.terrain.pipelines;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run has to do.
 *
 * @param cells cells of the sweep
 * @param models models of the sweep
 * @param diverged models whose training is known to diverge, and that are not measured
 * @param stages the stages, in their order
 */
public record Plan(long cells, long models, int diverged, List<StagePlan> stages) {
  /** Units in all. */
  public int total() {
    return stages.stream().mapToInt(StagePlan::total).sum();
  }

  /** Units that the ledger holds. */
  public int done() {
    return stages.stream().mapToInt(StagePlan::done).sum();
  }

  /** Units that the run computes. */
  public int missing() {
    return stages.stream().mapToInt(stage -> stage.missing().size()).sum();
  }

  /** Whether the ledger holds every unit, and none is to be computed anew. */
  public boolean isComplete() {
    return done() == total();
  }

  /**
   * Time that the missing units will take on so many workers, from the mean times of those done;
   * empty where nothing is known of a stage that has units to do.
   */
  public Optional<Duration> estimate(int workers) {
    Duration sum = Duration.ZERO;
    for (StagePlan stage : stages) {
      if (!stage.missing().isEmpty()) {
        if (stage.meanDuration() == null) {
          return Optional.empty();
        }
        sum = sum.plus(stage.meanDuration().multipliedBy(stage.missing().size()));
      }
    }
    return Optional.of(sum.dividedBy(workers));
  }
}
