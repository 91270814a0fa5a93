package dev.terrain.beam.units;

import dev.terrain.stage.CellCost;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stage that counts how often it computes each unit and whether it hears that it was recorded.
 * The counts are those of the process, since a stage travels by serialisation.
 */
final class CountingStage implements Stage {
  /** Seed of the model on which the stage fails. */
  static final long BAD_SEED = 13;

  private static final long serialVersionUID = 1;
  private static final Map<String, AtomicInteger> COMPUTED = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> RECORDED = new ConcurrentHashMap<>();

  private final String name;

  CountingStage(String name) {
    this.name = name;
  }

  static int computed(Unit unit) {
    return count(COMPUTED, unit).get();
  }

  static int recorded(Unit unit) {
    return count(RECORDED, unit).get();
  }

  static void reset() {
    COMPUTED.clear();
    RECORDED.clear();
  }

  private static AtomicInteger count(Map<String, AtomicInteger> counts, Unit unit) {
    return counts.computeIfAbsent(unit.getKey(), key -> new AtomicInteger());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int codeVersion() {
    return 1;
  }

  @Override
  public double nominalSeconds(Unit unit, CellCost cost) {
    return 0;
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    int times = count(COMPUTED, unit).incrementAndGet();
    if (unit.getModels().get(0).getSpec().getSeed() == BAD_SEED) {
      throw new ArithmeticException("the loss is not finite");
    }
    return Samples.result(unit, times);
  }

  @Override
  public void recorded(Unit unit, StageContext context) throws IOException {
    if (context.ledger().find(unit.getStage(), unit.getKey()).isPresent()) {
      count(RECORDED, unit).incrementAndGet();
    }
  }
}
