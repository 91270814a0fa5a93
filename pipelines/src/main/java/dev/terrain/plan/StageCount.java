package dev.terrain.plan;

import dev.terrain.ledger.RecordSummary;
import dev.terrain.plan.Pace.Timed;
import dev.terrain.study.UnitName;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the units of one stage. */
final class StageCount {
  private static final int EXAMPLES = 20;

  private final String stage;
  private final Sweep sweep;
  private final NominalTimes done = new NominalTimes();
  private final NominalTimes work = new NominalTimes();
  private final Map<UnitState, Integer> states = new EnumMap<>(UnitState.class);
  private final List<String> examples = new ArrayList<>();
  private final List<Timed> times = new ArrayList<>();
  private int skipped;
  private int givenUp;
  private int resumable;

  StageCount(String stage, Sweep sweep) {
    this.stage = stage;
    this.sweep = sweep;
  }

  /**
   * Takes in a unit.
   *
   * @param nominal its nominal time in seconds
   */
  void add(UnitStanding standing, double nominal) {
    switch (standing.fate()) {
      case REMEMBER -> {
        done.add(standing.unit().getKey(), nominal);
        return;
      }
      case COMPUTE -> {
        work.add(standing.unit().getKey(), nominal);
        if (standing.isResumable() && standing.state() != UnitState.FAILED) {
          resumable++;
        }
      }
      case SKIP -> skipped++;
      case GIVE_UP -> givenUp++;
    }
    states.merge(standing.state(), 1, Integer::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(describe(standing));
    }
  }

  private String describe(UnitStanding standing) {
    String name = UnitName.of(standing.unit(), sweep);
    String detail = standing.detail().map(text -> " (" + text + ")").orElse("");
    String progress = standing.isResumable() ? ", goes on from saved progress" : "";
    return name + ": " + standing.state() + detail + progress;
  }

  /** Takes in how long a unit took that is done. */
  void time(RecordSummary record, double nominal) {
    LedgerTimes.timed(record, nominal).ifPresent(times::add);
  }

  StagePlan plan(LedgerTimes ledger) throws IOException {
    if (times.isEmpty()) {
      times.addAll(ledger.of(stage, done));
    }
    Duration mean =
        times.isEmpty()
            ? null
            : Duration.ofMillis(
                Math.round(
                    1000 * times.stream().mapToDouble(Timed::seconds).average().getAsDouble()));
    return new StagePlan(
        stage,
        done.size(),
        work,
        skipped,
        givenUp,
        states,
        resumable,
        examples,
        mean,
        pace(ledger));
  }

  private Optional<Pace> pace(LedgerTimes ledger) throws IOException {
    if (work.isEmpty() || !times.isEmpty()) {
      return Pace.of(times, median());
    }
    List<Timed> others = ledger.ofEarlierPlans(stage);
    if (!others.isEmpty()) {
      return Pace.of(others, median());
    }
    double mean = work.values().stream().mapToDouble(Double::doubleValue).average().getAsDouble();
    return Pace.of(ledger.ofAny(stage, mean), mean).map(Pace::widened);
  }

  /** The nominal time below which the units lie that make half of the work. */
  private double median() {
    double[] sorted = work.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double rest = Arrays.stream(sorted).sum() / 2;
    for (double nominal : sorted) {
      rest -= nominal;
      if (rest <= 0) {
        return nominal;
      }
    }
    return 0;
  }
}
