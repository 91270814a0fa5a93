package dev.terrain.training;

import dev.terrain.data.Batches;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.GradientDescent;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.surface.Optimizer;
import dev.terrain.surface.Optimizers;
import dev.terrain.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Everything about a training but where it stands.
 *
 * @param spec how it is trained
 * @param modelId keys the initial weights and the order of the images
 * @param network what is trained
 * @param images the training set
 * @param optimizer names the buffers
 * @param schedule gives the learning rates
 * @param engine who takes the steps
 */
record Recipe(
    ModelSpec spec,
    String modelId,
    Network network,
    LabelledImages images,
    Optimizer optimizer,
    LearningRateSchedule schedule,
    Engine engine) {

  /** Begins the descent of a stack. */
  @FunctionalInterface
  interface Engine {
    GradientDescent begin(List<NetworkTrainer.Member> members);
  }

  static Recipe of(ModelSpec spec, String modelId, Network network, LabelledImages images) {
    return of(spec, modelId, network, images, Optimizers.of(spec), LearningRateSchedules.of(spec));
  }

  /** The same with an optimiser and a schedule that the spec need not name. */
  static Recipe of(
      ModelSpec spec,
      String modelId,
      Network network,
      LabelledImages images,
      Optimizer optimizer,
      LearningRateSchedule schedule) {
    return new Recipe(
        spec,
        modelId,
        network,
        images,
        optimizer,
        schedule,
        members -> new NetworkTrainer(network, images, optimizer, members));
  }

  /** A member of a descent that begins at a state. */
  NetworkTrainer.Member at(TrainingState state) {
    return new NetworkTrainer.Member(spec, state.arrays());
  }

  TrainingState initialState() {
    return TrainingState.initial(NetworkTrainer.initialArrays(network, optimizer, modelId));
  }

  /**
   * The batches of an epoch, counted from 0.
   *
   * @throws IllegalArgumentException if a batch is larger than the training set and incomplete
   *     batches are skipped, or too small for batch norm
   */
  int[][] batches(int epoch) {
    int[] order = CounterRandom.of(modelId, "order", epoch).permutation(images.size());
    int[][] batches =
        Batches.shuffled(order, spec.getBatchSize(), spec.getIncompleteBatch().equals("keep"));
    if (network.valuesPerNormalisedChannel().orElse(2) == 1
        && Arrays.stream(batches).anyMatch(batch -> batch.length == 1)) {
      throw new IllegalArgumentException(
          "a batch of one image cannot be trained on: batch norm needs more than 1 value per channel");
    }
    return batches;
  }

  /**
   * The learning rate of a step.
   *
   * @param epoch counted from 0
   * @param step of the epoch, counted from 0
   */
  double rate(int epoch, int step, int stepsOfEpoch) {
    return schedule.rate(spec, epoch, step, stepsOfEpoch);
  }
}
