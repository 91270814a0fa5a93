package dev.terrain.surface;

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

  public static double[] gaussian(int length, String purpose) {
    CounterRandom random = CounterRandom.of("test", purpose, 0);
    return IntStream.range(0, length).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  public static double[] widen(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
