package dev.terrain.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a run has to do.
 *
 * @param cells cells of the sweep
 * @param models models of the sweep
 * @param diverged models whose training is known to diverge, and that are not measured
 * @param stages the stages, in their order
 * @param prolonged units that are to be computed and take more epochs than their setting says
 */
public record Plan(
    long cells, long models, int diverged, List<StagePlan> stages, List<ProlongedUnits> prolonged) {
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
   * Time that the missing units will take on so many workers; stages of which nothing is known are
   * left out, and named.
   */
  public TimeEstimate estimate(double workers) {
    TimeEstimate longest =
        stages.stream()
            .map(StagePlan::longest)
            .max(Comparator.comparing(TimeEstimate::middle))
            .orElse(TimeEstimate.NONE);
    return stages.stream()
        .map(StagePlan::estimate)
        .reduce(TimeEstimate.NONE, TimeEstimate::plus)
        .shared(workers, longest);
  }

  /** Whether a stage has units to do, and nothing is known of how long they take. */
  boolean lacksTimes() {
    return !estimate(1).isWhole();
  }

  /**
   * The same plan, where stages of whose pace nothing is known have the others' together: the
   * nominal times are of one kind, but a stage's own may be wrong by some factor.
   */
  Plan withPacesOfOtherStages() {
    List<Pace> known = stages.stream().flatMap(stage -> stage.pace().stream()).toList();
    if (known.isEmpty()) {
      return this;
    }
    double low = known.stream().mapToDouble(Pace::low).min().orElseThrow();
    double high = known.stream().mapToDouble(Pace::high).max().orElseThrow();
    // Of factors the mean is the geometric one.
    double middle =
        Math.exp(known.stream().mapToDouble(pace -> Math.log(pace.middle())).average().orElse(0));
    return withPace(new Pace(low, middle, high, Pace.Basis.OTHER_STAGES).widened());
  }

  /** Time of units that are prolonged alike; empty if the pace of their stage is unknown. */
  public Optional<TimeEstimate> estimate(ProlongedUnits prolonged) {
    return stages.stream()
        .filter(stage -> stage.stage().equals(prolonged.stage()))
        .flatMap(stage -> stage.pace().stream())
        .map(pace -> TimeEstimate.of(prolonged.work(), pace))
        .findFirst();
  }

  /** The same plan with a pace for the stages of whose pace nothing is known. */
  Plan withPace(Pace pace) {
    return new Plan(
        cells,
        models,
        diverged,
        stages.stream()
            .map(stage -> stage.pace().isPresent() ? stage : stage.withPace(pace))
            .toList(),
        prolonged);
  }
}
