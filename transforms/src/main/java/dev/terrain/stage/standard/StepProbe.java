package dev.terrain.stage.standard;

import dev.terrain.data.Batches;
import dev.terrain.model.Network;
import dev.terrain.stage.training.CellData;
import dev.terrain.surface.GradientDescent;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Times a few steps of a training, whose results are thrown away. */
public final class StepProbe {
  /** The engine compiles what it sees for the first time. */
  private static final int UNTIMED = 3;

  private static final int MOST_STEPS = 200;

  /** Steps in one call, as a training takes them. */
  private static final int STEPS_AT_A_TIME = 5;

  private StepProbe() {}

  /**
   * Seconds that this machine takes for each second of the {@linkplain UnitCosts nominal time} of a
   * model's steps.
   *
   * @param seconds how long to measure; the step under way is finished, and four are made at least
   * @throws IOException if the data set is missing or corrupt
   */
  public static double pace(ModelSpec spec, @Nullable String dataLocation, double seconds)
      throws IOException {
    CellData data = CellData.of(spec, dataLocation);
    Network network = Network.of(spec, data.shape());
    String id = Fingerprints.modelId(spec);
    int[] order = IntStream.range(0, data.trainingSize()).toArray();
    int[][] batches = Batches.shuffled(order, Math.min(spec.getBatchSize(), order.length), false);
    try (NetworkTrainer trainer = NetworkTrainer.atStart(network, data.training(), spec, id)) {
      int stretch = Math.min(STEPS_AT_A_TIME, batches.length);
      double[] rates = new double[stretch];
      Arrays.fill(rates, 1e-9);
      long steps = 0;
      long begin = System.nanoTime();
      long start = begin;
      while (steps <= UNTIMED
          || (steps < MOST_STEPS && System.nanoTime() - begin < seconds * 1e9)) {
        int[][] some = Arrays.copyOf(batches, steps < UNTIMED ? 1 : stretch);
        if (steps == UNTIMED) {
          start = System.nanoTime();
        }
        double[] slow = Arrays.copyOf(rates, some.length);
        trainer.steps(List.of(new GradientDescent.Stretch(some, slow, steps + 1)));
        steps += some.length;
      }
      double step = (System.nanoTime() - start) / 1e9 / (steps - UNTIMED);
      return step / new UnitCosts(dataLocation).ofStep(spec);
    }
  }
}
