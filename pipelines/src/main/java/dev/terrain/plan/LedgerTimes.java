package dev.terrain.plan;

import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.RecordSummary;
import dev.terrain.plan.Pace.Timed;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.standard.UnitCosts;
import dev.terrain.stage.training.Units;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.SweepData;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the ledger of a study tells of how long units take. Reading a record takes a request in a
 * bucket, so at most {@value #MOST} of a stage are looked at.
 */
final class LedgerTimes {
  static final int MOST = 100;

  private final StageContext context;
  private final Ledger ledger;
  private final UnitCosts costs;
  private final List<FrozenPlan> earlierPlans;

  /**
   * @param plans the study's plans, the latest last
   */
  LedgerTimes(Sweep sweep, StageContext context, UnitCosts costs, List<FrozenPlan> plans) {
    this.context = context;
    this.ledger = context.ledger();
    this.costs = costs;
    this.earlierPlans = plans.stream().filter(plan -> !plan.sweep().equals(sweep)).toList();
  }

  /**
   * The times of some of the units that are done, evenly from first to last.
   *
   * @param done nominal times in seconds by key
   */
  List<Timed> of(String stage, Map<String, Double> done) throws IOException {
    List<Timed> times = new ArrayList<>();
    int index = 0;
    for (Map.Entry<String, Double> unit : done.entrySet()) {
      boolean chosen = (long) index * MOST / done.size() < (index + 1L) * MOST / done.size();
      if (done.size() <= MOST || chosen) {
        time(stage, unit.getKey(), unit.getValue()).ifPresent(times::add);
      }
      index++;
    }
    return times;
  }

  /** The times of units of the study's earlier plans that the sweep does not have. */
  List<Timed> ofEarlierPlans(String stage) throws IOException {
    List<Timed> times = new ArrayList<>();
    Set<String> recorded = earlierPlans.isEmpty() ? Set.of() : ledger.keys(stage);
    if (recorded.isEmpty()) {
      return times;
    }
    for (int i = earlierPlans.size() - 1; i >= 0 && times.isEmpty(); i--) {
      FrozenPlan plan = earlierPlans.get(i);
      SweepExpansion expansion = SweepExpansion.of(plan.sweep());
      for (ModelSpec cell : (Iterable<ModelSpec>) expansion.cells()::iterator) {
        if (times.size() >= MOST) {
          break;
        }
        for (Unit unit : units(cell, expansion, plan)) {
          if (unit.getStage().equals(stage) && recorded.contains(unit.getKey())) {
            time(stage, unit.getKey(), costs.of(unit)).ifPresent(times::add);
          }
        }
      }
    }
    return times;
  }

  private List<Unit> units(ModelSpec cell, SweepExpansion expansion, FrozenPlan plan)
      throws IOException {
    List<Unit> trainings =
        SweepUnits.trainings(cell, expansion, SweepData.of(plan.data(), context.dataLocation()));
    List<ModelRef> models = trainings.stream().map(unit -> unit.getModels().get(0)).toList();
    return Stream.of(
            trainings,
            models.stream().map(Units::checkpoint).toList(),
            CellPlan.units(plan.sweep(), models, true))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The times of the latest records of a stage, whatever they are of: their sizes are not known.
   *
   * @param nominal nominal time in seconds that each of them is taken to have
   */
  List<Timed> ofAny(String stage, double nominal) throws IOException {
    List<Timed> times = new ArrayList<>();
    List<String> keys = ledger.latestKeys(stage);
    for (String key : keys.subList(0, Math.min(MOST, keys.size()))) {
      time(stage, key, nominal).ifPresent(times::add);
    }
    return times;
  }

  private Optional<Timed> time(String stage, String key, double nominal) throws IOException {
    try {
      return ledger.summary(stage, key).flatMap(record -> timed(record, nominal));
    } catch (CorruptRecordException e) {
      // A run reports it; the others tell the times as well.
      return Optional.empty();
    }
  }

  /**
   * A training that diverged ended before its time. Records hold whole milliseconds, rounded down:
   * the middle is taken, for a stage of which every unit takes less than one is not free.
   */
  static Optional<Timed> timed(RecordSummary record, double nominal) {
    return record.hasDiverged()
        ? Optional.empty()
        : Optional.of(new Timed(nominal, (record.durationMs() + 0.5) / 1000));
  }
}
