package dev.terrain.training;

import dev.terrain.data.LabelledImages;
import dev.terrain.surface.EngineFaultException;
import dev.terrain.surface.GradientDescent;
import dev.terrain.surface.NetworkTrainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Trainings of networks of one shape, on the same images and with batches of one size, side by side
 * in one {@link GradientDescent}: epoch by epoch, each at its own one. A training that ends, or
 * fails, leaves the stack; one that was left in the middle of an epoch goes its way alone.
 *
 * <p>The bits of a training do not depend on the others, nor on how many steps are taken at once.
 */
public final class TrainingStack {
  /** So often progress is heard of, and cancellation. */
  private static final Duration STRETCH = Duration.ofMillis(50);

  /** Pixels of all members' images in a stretch, 64 MiB of them: they are gathered at once. */
  private static final int MOST_PIXELS = 1 << 24;

  private final List<Trainer> trainers;
  private final BiConsumer<Trainer, TrainingResult> ended;
  private final BiConsumer<Trainer, RuntimeException> failed;
  private double secondsPerStep;

  /**
   * @param trainers of the members
   * @param ended hears of a training that has come to its end, as soon as it has
   * @param failed hears of a training that could not go on, also of one whose listener threw
   */
  public TrainingStack(
      List<Trainer> trainers,
      BiConsumer<Trainer, TrainingResult> ended,
      BiConsumer<Trainer, RuntimeException> failed) {
    this.trainers = List.copyOf(trainers);
    this.ended = ended;
    this.failed = failed;
  }

  /** Trains all to their ends. */
  public void train() {
    List<Trainer> together = new ArrayList<>();
    List<Trainer> alone = new ArrayList<>();
    for (Trainer trainer : trainers) {
      if (goesOn(trainer, trainer::begin)) {
        (trainer.isAtStartOfEpoch() ? together : alone).add(trainer);
      }
    }
    alone.forEach(trainer -> descend(List.of(trainer)));
    descend(together);
  }

  /** Does something for one member; whether it goes on afterwards. */
  private boolean goesOn(Trainer trainer, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (e instanceof EngineFaultException) {
        trainer.discardProgress();
      }
      failed.accept(trainer, e);
      return false;
    }
    trainer.result().ifPresent(result -> ended.accept(trainer, result));
    return trainer.result().isEmpty();
  }

  private void descend(List<Trainer> members) {
    List<Trainer> left = members;
    List<TrainingState> states = left.stream().map(trainer -> trainer.course().counts()).toList();
    while (!left.isEmpty()) {
      List<Trainer> going = new ArrayList<>();
      List<TrainingState> places = new ArrayList<>();
      try (GradientDescent descent = begin(left, states)) {
        descendTogether(left, descent, going, places);
      }
      left = going;
      states = places;
    }
  }

  private static GradientDescent begin(List<Trainer> members, List<TrainingState> states) {
    List<NetworkTrainer.Member> places = new ArrayList<>();
    for (int s = 0; s < members.size(); s++) {
      places.add(members.get(s).recipe().at(states.get(s)));
    }
    return members.get(0).recipe().engine().begin(places);
  }

  /**
   * Takes steps until a member leaves.
   *
   * @param going gets those that go on
   * @param places gets where they are
   */
  private void descendTogether(
      List<Trainer> members,
      GradientDescent descent,
      List<Trainer> going,
      List<TrainingState> places) {
    BitSet present = new BitSet(members.size());
    while (true) {
      for (int s = 0; s < members.size(); s++) {
        int member = s;
        Trainer trainer = members.get(s);
        present.set(s, goesOn(trainer, () -> trainer.settle(descent, member)));
      }
      if (present.cardinality() == members.size()) {
        step(members, descent, present);
      }
      if (present.cardinality() < members.size()) {
        present.stream().forEach(s -> going.add(members.get(s)));
        present.stream().forEach(s -> places.add(members.get(s).course().snapshot(descent, s)));
        return;
      }
    }
  }

  /**
   * Takes some steps.
   *
   * @param present loses the members that have left
   */
  private void step(List<Trainer> members, GradientDescent descent, BitSet present) {
    int count = stretch(members);
    long start = System.nanoTime();
    List<List<GradientDescent.Step>> steps =
        descent.steps(members.stream().map(member -> member.course().stretch(count)).toList());
    secondsPerStep = (System.nanoTime() - start) / 1e9 / count;
    for (int s = 0; s < members.size(); s++) {
      int member = s;
      Trainer trainer = members.get(s);
      present.set(s, goesOn(trainer, () -> trainer.took(steps.get(member), descent, member)));
    }
  }

  private int stretch(List<Trainer> members) {
    int most = members.get(0).course().stepsOfOneSize();
    if (members.stream().anyMatch(Trainer::savesEveryStep) || secondsPerStep == 0) {
      return 1;
    }
    int batch = members.get(0).course().nextBatch();
    LabelledImages images = members.get(0).recipe().images();
    int pixels = images.channels() * images.height() * images.width();
    int room = Math.max(1, MOST_PIXELS / pixels / batch / members.size());
    double inTime = Math.max(1, STRETCH.toNanos() / 1e9 / secondsPerStep);
    return (int) Math.min(Math.min(most, room), inTime);
  }
}
