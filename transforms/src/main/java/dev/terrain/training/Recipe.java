package dev.terrain.training;

import dev.terrain.data.Batches;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.GradientDescent;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.v1.ModelSpec;

/**
 * Everything about a training but where it stands.
 *
 * @param spec how it is trained
 * @param modelId keys the initial weights and the order of the images
 * @param network what is trained
 * @param images the training set
 * @param engine who takes the steps
 */
record Recipe(
    ModelSpec spec, String modelId, Network network, LabelledImages images, Engine engine) {

  /** Begins a descent at some parameters, momentum buffer and batch-norm statistics. */
  @FunctionalInterface
  interface Engine {
    GradientDescent begin(float[] theta, float[] velocity, float[] statistics);
  }

  static Recipe of(ModelSpec spec, String modelId, Network network, LabelledImages images) {
    return new Recipe(
        spec,
        modelId,
        network,
        images,
        (theta, velocity, statistics) ->
            new NetworkTrainer(network, images, theta, velocity, statistics));
  }

  TrainingState initialState() {
    return TrainingState.initial(network.initialParameters(modelId), network.initialStatistics());
  }

  /** The batches of an epoch, counted from 0. */
  int[][] batches(int epoch) {
    int[] order = CounterRandom.of(modelId, "order", epoch).permutation(images.size());
    return Batches.shuffled(order, spec.getBatchSize(), spec.getIncompleteBatch().equals("keep"));
  }

  double rate(int epoch) {
    return LearningRateSchedule.of(spec).rate(epoch);
  }
}
