package dev.terrain.status;

import dev.terrain.plan.Plan;
import dev.terrain.plan.TimeEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a study is, and what happens in it: told from its files alone, and so for any engine, in
 * this process or elsewhere.
 *
 * @param plan what is done and what is left
 * @param recent by stage, what ended of late
 * @param trainings those with a saved state, the latest first
 * @param withoutWeights ids of trained models whose weights are missing
 * @param now when this was found out
 */
public record StudyStatus(
    Plan plan,
    Map<String, RecentUnits> recent,
    List<SavedTraining> trainings,
    List<String> withoutWeights,
    Instant now) {
  /** When the last unit ended; empty if none has. */
  public Optional<Instant> lastFinished() {
    return recent.values().stream()
        .map(RecentUnits::lastFinished)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  /**
   * Units in work at a time, on average over the last minutes: computing time over time passed.
   * Before any unit has ended, the trainings under way.
   */
  public double busyWorkers() {
    Optional<Instant> since =
        recent.values().stream()
            .map(RecentUnits::since)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder());
    if (since.isEmpty()) {
      return trainings.stream().filter(training -> !training.isStalled(now)).count();
    }
    Duration work =
        recent.values().stream().map(RecentUnits::work).reduce(Duration.ZERO, Duration::plus);
    return (double) work.toMillis() / Math.max(1, Duration.between(since.get(), now).toMillis());
  }

  /**
   * Time until all is done if work goes on as in the last minutes; empty if nothing is going on, or
   * nothing is known of how long the units take.
   */
  public Optional<TimeEstimate> timeLeft() {
    if (plan.missing() == 0) {
      return Optional.of(TimeEstimate.NONE);
    }
    double busy = busyWorkers();
    return busy == 0
        ? Optional.empty()
        : Optional.of(plan.estimate(busy)).filter(TimeEstimate::isWhole);
  }
}
