package dev.terrain.surface;

import dev.terrain.data.Batches;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.v1.ModelSpec;
import java.util.List;
import java.util.stream.IntStream;

/** Small surfaces, weights and vectors for tests. */
public final class Surfaces {
  private Surfaces() {}

  public static ModelSpec.Builder spec(String architecture, int width) {
    return ModelSpec.newBuilder().setArchitecture(architecture).setWidth(width);
  }

  public static Network network(ModelSpec spec, LabelledImages images) {
    return Network.of(
        spec, new ImageShape(images.channels(), images.height(), images.width(), images.classes()));
  }

  public static Network mlp(LabelledImages images, Integer... hidden) {
    return network(spec("mlp", 1).setDepth(0).setHiddenWidths(List.of(hidden)).build(), images);
  }

  /** Consecutive batches; the last one is short where the size does not divide. */
  public static int[][] batches(int examples, int batchSize) {
    return IntStream.range(0, (examples + batchSize - 1) / batchSize)
        .mapToObj(
            b -> IntStream.range(b * batchSize, Math.min(examples, (b + 1) * batchSize)).toArray())
        .toArray(int[][]::new);
  }

  /** Parameters and plausible statistics: neither means 0 nor variances 1. */
  public static Weights weights(Network network, String id) {
    double[] theta = widen(network.initialParameters(id));
    CounterRandom random = CounterRandom.of(id, "test statistics", 0);
    double[] statistics = widen(network.initialStatistics());
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] += 0.3 * random.nextDouble();
    }
    for (int i = 0; i < theta.length; i++) {
      theta[i] += 0.05 * random.nextGaussian();
    }
    return new Weights(theta, statistics);
  }

  /**
   * Weights after some epochs of gradient descent with momentum 0.9 and rate 0.05.
   *
   * @param id keys the initial weights and the order of the images
   */
  public static Weights trained(
      Network network, LabelledImages images, String id, int epochs, int batchSize, double decay) {
    ModelSpec spec = ModelSpec.newBuilder().setMomentum(0.9).setWeightDecay(decay).build();
    try (NetworkTrainer trainer = NetworkTrainer.atStart(network, images, spec, id)) {
      long steps = 0;
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = CounterRandom.of(id, "order", epoch).permutation(images.size());
        for (int[] batch : Batches.shuffled(order, batchSize, false)) {
          steps++;
          trainer.steps(oneStep(batch, 0.05, steps));
        }
      }
      return new Weights(
          widen(trainer.array(0, GradientDescent.THETA)),
          widen(trainer.array(0, GradientDescent.STATISTICS)));
    }
  }

  public static double[] gaussian(int length, String purpose) {
    CounterRandom random = CounterRandom.of("test", purpose, 0);
    return IntStream.range(0, length).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  public static double[] widen(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** A step of a stack of one. */
  public static List<GradientDescent.Stretch> oneStep(int[] batch, double rate, long number) {
    return List.of(new GradientDescent.Stretch(new int[][] {batch}, new double[] {rate}, number));
  }
}
