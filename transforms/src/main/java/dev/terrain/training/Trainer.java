package dev.terrain.training;

import dev.terrain.data.Batches;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.StopReason;
import java.time.Duration;

/**
 * Trains one network by stochastic gradient descent with momentum as its spec says, from where the
 * progress store says.
 *
 * <p>The order of the images in epoch e is the stream (model id, "order", e); so a training that
 * was interrupted at any step and goes on from a saved state ends with the same bits as one that
 * was not.
 */
public final class Trainer {
  private static final float[] NONE = {};

  private final ModelSpec spec;
  private final String modelId;
  private final Network network;
  private final LabelledImages images;
  private final LearningRateSchedule schedule;
  private final PlateauRule plateau;
  private final ProgressStore progress;
  private final TrainingListener listener;
  private final Duration saveEvery;

  /**
   * @param modelId keys the initial weights and the order of the images
   * @param images the training set
   * @param saveEvery least time between two saved states; zero saves after every step
   * @throws IllegalArgumentException if a batch is larger than the training set and incomplete
   *     batches are skipped
   */
  public Trainer(
      ModelSpec spec,
      String modelId,
      Network network,
      LabelledImages images,
      ProgressStore progress,
      TrainingListener listener,
      Duration saveEvery) {
    this.spec = spec;
    this.modelId = modelId;
    this.network = network;
    this.images = images;
    this.schedule = LearningRateSchedule.of(spec);
    this.plateau = PlateauRule.of(spec);
    this.progress = progress;
    this.listener = listener;
    this.saveEvery = saveEvery;
  }

  /**
   * Trains to the end.
   *
   * @throws IllegalArgumentException if a batch is larger than the training set and incomplete
   *     batches are skipped
   */
  public TrainingResult train() {
    TrainingState state = progress.load().orElseGet(this::initialState);
    try (NetworkTrainer trainer =
        new NetworkTrainer(network, images, state.theta(), state.velocity(), state.statistics())) {
      long saved = System.nanoTime();
      while (state.history().epochs() < spec.getEpochs()) {
        int epoch = state.history().epochs();
        int[][] batches = batches(epoch);
        double rate = schedule.rate(epoch);
        while (state.step() < batches.length) {
          int[] batch = batches[state.step()];
          NetworkTrainer.Step step =
              trainer.step(batch, rate, spec.getMomentum(), spec.getWeightDecay());
          if (!Double.isFinite(step.loss())) {
            return new TrainingResult(
                NONE, NONE, 0, StopReason.DIVERGED, state.totalSteps(), state.history());
          }
          state = afterStep(state, step, batch.length);
          if (System.nanoTime() - saved >= saveEvery.toNanos()) {
            progress.save(snapshot(state, trainer));
            saved = System.nanoTime();
          }
          listener.onStep(batch.length);
        }
        state = afterEpoch(state, trainer, rate);
        listener.onEpoch();
        if (plateau.reached(state.history().losses())) {
          return new TrainingResult(
              trainer.theta(),
              trainer.statistics(),
              state.history().epochs(),
              StopReason.PLATEAU,
              state.totalSteps(),
              state.history());
        }
      }
      return new TrainingResult(
          state.bestTheta(),
          state.bestStatistics(),
          state.bestEpoch(),
          StopReason.EPOCHS,
          state.totalSteps(),
          state.history());
    }
  }

  private TrainingState initialState() {
    return new TrainingState(
        network.initialParameters(modelId),
        new float[network.dimension()],
        network.initialStatistics(),
        NONE,
        NONE,
        0,
        0,
        0,
        0,
        0,
        0,
        History.empty());
  }

  private int[][] batches(int epoch) {
    int[] order = CounterRandom.of(modelId, "order", epoch).permutation(images.size());
    return Batches.shuffled(order, spec.getBatchSize(), spec.getIncompleteBatch().equals("keep"));
  }

  private static TrainingState afterStep(
      TrainingState state, NetworkTrainer.Step step, int examples) {
    return new TrainingState(
        state.theta(),
        state.velocity(),
        state.statistics(),
        state.bestTheta(),
        state.bestStatistics(),
        state.bestEpoch(),
        state.step() + 1,
        state.lossSum() + step.loss() * examples,
        state.hits() + step.hits(),
        state.seen() + examples,
        state.totalSteps() + 1,
        state.history());
  }

  private static TrainingState afterEpoch(
      TrainingState state, NetworkTrainer trainer, double rate) {
    double loss = state.lossSum() / state.seen();
    History history = state.history().plus(loss, 100.0 * state.hits() / state.seen(), rate);
    boolean best =
        state.bestEpoch() == 0 || loss < state.history().losses().get(state.bestEpoch() - 1);
    return new TrainingState(
        state.theta(),
        state.velocity(),
        state.statistics(),
        best ? trainer.theta() : state.bestTheta(),
        best ? trainer.statistics() : state.bestStatistics(),
        best ? history.epochs() : state.bestEpoch(),
        0,
        0,
        0,
        0,
        state.totalSteps(),
        history);
  }

  private static TrainingState snapshot(TrainingState state, NetworkTrainer trainer) {
    return new TrainingState(
        trainer.theta(),
        trainer.velocity(),
        trainer.statistics(),
        state.bestTheta(),
        state.bestStatistics(),
        state.bestEpoch(),
        state.step(),
        state.lossSum(),
        state.hits(),
        state.seen(),
        state.totalSteps(),
        state.history());
  }
}
