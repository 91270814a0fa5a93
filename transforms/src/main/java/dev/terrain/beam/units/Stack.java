package dev.terrain.beam.units;

import dev.terrain.stage.StackClock;
import dev.terrain.stage.StackMember;
import dev.terrain.stage.StackingStage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The units that a worker has taken, which it computes together: those that are this process's to
 * compute. Each keeps its own lease, record, failure and progress; one ends as soon as its outcome
 * is known.
 */
final class Stack {
  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  private final List<UnitWork> units;

  /**
   * Units that a worker has taken.
   *
   * @param units one or more, whose stack keys are equal if they are several
   */
  Stack(List<UnitWork> units) {
    this.units = List.copyOf(units);
  }

  /**
   * Units that have not ended.
   *
   * @param held those that another process is about to compute
   * @param left those whose stack ended before them
   */
  record Remainder(List<UnitWork> held, List<UnitWork> left) {}

  /** Computes the units, those aside that another process is about to. */
  Remainder attempt() {
    List<UnitWork> left = new ArrayList<>();
    try {
      List<UnitWork> begun = units.stream().filter(UnitWork::begin).toList();
      if (begun.size() == 1) {
        begun.get(0).compute();
      } else if (begun.size() > 1) {
        left.addAll(computeTogether(begun));
      }
    } catch (Error e) {
      units.forEach(unit -> unit.abandon(e));
      throw e;
    }
    List<UnitWork> held = new ArrayList<>(units);
    held.removeAll(left);
    held.removeIf(UnitWork::hasEnded);
    return new Remainder(held, left);
  }

  /** Gives those that are to be computed one by one. */
  private static List<UnitWork> computeTogether(List<UnitWork> begun) {
    StackingStage stage = begun.get(0).stackTerms().orElseThrow().stage();
    StackClock clock = new StackClock(begun.size());
    List<StackMember> members =
        begun.stream().map(unit -> (StackMember) new Member(unit, clock)).toList();
    begun.forEach(unit -> unit.sayBegins(begun.size()));
    String trouble = "";
    try {
      stage.computeStack(members);
    } catch (RuntimeException e) {
      trouble = ": " + e.getMessage();
      LOG.debug("{} of {} units together", stage.name(), begun.size(), e);
    }
    List<UnitWork> left = begun.stream().filter(unit -> !unit.hasEnded()).toList();
    if (!left.isEmpty()) {
      LOG.warn(
          "{} of {} units together: {} did not end, and are computed one by one{}",
          stage.name(),
          begun.size(),
          left.size(),
          trouble);
      left.forEach(UnitWork::leaveStack);
    }
    return left;
  }

  /** A unit as its stage knows it. */
  static final class Member implements StackMember {
    private final UnitWork work;
    private final StackClock stack;
    private final UnitClock clock;
    private final AtomicBoolean ended = new AtomicBoolean();

    Member(UnitWork work, StackClock stack) {
      this.work = work;
      this.stack = stack;
      this.clock = new UnitClock(stack);
    }

    @Override
    public Unit unit() {
      return work.unit();
    }

    @Override
    public StageContext context() {
      return work.context();
    }

    @Override
    public UnitClock clock() {
      return clock;
    }

    @Override
    public void complete(UnitResult result) {
      end();
      work.complete(result, stack::shareMilliseconds);
      stack.leave();
    }

    @Override
    public void fail(Exception failure) {
      end();
      work.fail(
          failure instanceof IOException || failure instanceof RuntimeException
              ? failure
              : new IllegalStateException(failure));
      stack.leave();
    }

    private void end() {
      if (!ended.compareAndSet(false, true)) {
        throw new IllegalStateException(
            unit().getStage() + " of unit " + unit().getKey() + " has ended before");
      }
    }
  }
}
