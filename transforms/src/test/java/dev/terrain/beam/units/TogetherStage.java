package dev.terrain.beam.units;

import dev.terrain.stage.CellCost;
import dev.terrain.stage.StackMember;
import dev.terrain.stage.StackingStage;
import dev.terrain.stage.StageContext;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A stage that stacks models of one width, gives each unit its seed as its value, and notes which
 * units were together. The notes are those of the process, since a stage travels by serialisation.
 */
public final class TogetherStage implements StackingStage {
  /** Seed of the model that fails, alone or together. */
  static final long BAD_SEED = 13;

  /** Seed of the model that the engine cannot compute together with others. */
  static final long FAULT_SEED = 17;

  /** Seed of the model that the stage forgets when it is together with others. */
  static final long FORGOTTEN_SEED = 19;

  /** Width of the models that are computed alone. */
  static final int WIDTH_ALONE = 1;

  private static final long serialVersionUID = 1;
  private static final ConcurrentLinkedQueue<List<Unit>> COMPUTED = new ConcurrentLinkedQueue<>();
  private static volatile Runnable meanwhile = () -> {};

  private final int size;

  /**
   * The stage.
   *
   * @param size how many units it computes together at most
   */
  public TogetherStage(int size) {
    this.size = size;
  }

  /** What was computed: the units of each stack, and those alone, each in a list of its own. */
  public static List<List<Unit>> computed() {
    return List.copyOf(COMPUTED);
  }

  /** Forgets what was computed. */
  public static void reset() {
    COMPUTED.clear();
    meanwhile = () -> {};
  }

  /** Something that happens whenever units are being computed. */
  static void meanwhile(Runnable deed) {
    meanwhile = deed;
  }

  @Override
  public String name() {
    return "train";
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
  public Optional<String> stackKey(Unit unit, StageContext context) {
    int width = spec(unit).getWidth();
    return width == WIDTH_ALONE ? Optional.empty() : Optional.of("width " + width);
  }

  @Override
  public int stackSize(Unit unit, StageContext context) {
    return size;
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    COMPUTED.add(List.of(unit));
    meanwhile.run();
    return result(unit, context);
  }

  @Override
  public void computeStack(List<StackMember> members) {
    COMPUTED.add(members.stream().map(StackMember::unit).toList());
    meanwhile.run();
    for (StackMember member : members) {
      long seed = spec(member.unit()).getSeed();
      if (seed == FAULT_SEED) {
        throw new IllegalStateException("the engine does not like it");
      } else if (seed != FORGOTTEN_SEED) {
        end(member);
      }
    }
  }

  private static void end(StackMember member) {
    UnitResult result;
    try {
      result = result(member.unit(), member.context());
    } catch (RuntimeException e) {
      member.fail(e);
      return;
    }
    member.complete(result);
  }

  private static UnitResult result(Unit unit, StageContext context) {
    context.listener().onTrainingStep(10);
    context.listener().onEpoch();
    long seed = spec(unit).getSeed();
    if (seed == BAD_SEED) {
      throw new ArithmeticException("the loss is not finite");
    }
    return Samples.result(unit, (double) seed);
  }

  private static ModelSpec spec(Unit unit) {
    return unit.getModels().get(0).getSpec();
  }
}
