package dev.terrain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Optimizer;
import dev.terrain.surface.Optimizers;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.v1.ModelSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An optimiser and a schedule that are no part of Terrain, a class each. */
final class OwnOptimizerTest {
  private static final LabelledImages IMAGES = new RandomImages(50, 1, 8, 4, 3);
  private static final ModelSpec SPEC =
      Surfaces.spec("mlp", 3)
          .setBatchSize(8)
          .setEpochs(2)
          .setStopRule("epochs")
          .setLearningRate(0.02)
          .build();

  private static Trainer trainer(Memory memory, int killAfter) {
    Optimizer adam = Optimizers.ALL.with(new Adam()).named("adam");
    LearningRateSchedule warmUp = LearningRateSchedules.ALL.with(new WarmUp()).named("warm-up");
    Network network = Surfaces.network(SPEC, IMAGES);
    Recipe recipe = Recipe.of(SPEC, "model", network, IMAGES, adam, warmUp);
    return new Trainer(recipe, memory, new Killer(killAfter), Duration.ZERO);
  }

  @Test
  void adam_isThatOfItsPaperInFloat64() {
    Network network = Surfaces.network(SPEC, IMAGES);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(50, 50), Precision.FLOAT64);
    double[] theta = Surfaces.widen(network.initialParameters("model"));
    double[] first = new double[theta.length];
    double[] second = new double[theta.length];
    int number = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      int[] order = CounterRandom.of("model", "order", epoch).permutation(50);
      for (int step = 0; step < 6; step++) {
        int[] batch = Arrays.copyOfRange(order, 8 * step, 8 * step + 8);
        LossGradient gradient = surface.batchGradient(theta, batch);
        double rate = 0.02 * Math.min(1, (epoch * 6 + step + 1) / 10.0);
        number++;
        for (int i = 0; i < theta.length; i++) {
          double slope = gradient.gradient()[i];
          first[i] = 0.9 * first[i] + 0.1 * slope;
          second[i] = 0.999 * second[i] + 0.001 * slope * slope;
          theta[i] -=
              rate
                  * (first[i] / (1 - Math.pow(0.9, number)))
                  / (Math.sqrt(second[i] / (1 - Math.pow(0.999, number))) + 1e-4);
        }
      }
    }

    Memory memory = new Memory();
    TrainingResult result = trainer(memory, Integer.MAX_VALUE).train();

    assertThat(Surfaces.widen(memory.last.theta())).containsExactly(theta, within(1e-5));
    assertThat(memory.last.arrays()).containsOnlyKeys("theta", "first", "second", "statistics");
    assertThat(result.history().learningRates()).containsExactly(0.02 * 6 / 10.0, 0.02);
  }

  @Test
  void itsBuffers_surviveAnInterruption() {
    TrainingResult expected = trainer(new Memory(), Integer.MAX_VALUE).train();
    Memory memory = new Memory();
    assertThatThrownBy(() -> trainer(memory, 7).train()).hasMessage("killed");

    assertThat(trainer(memory, Integer.MAX_VALUE).train().theta()).isEqualTo(expected.theta());
  }

  /** Adam (Kingma, Ba 2015). */
  private static final class Adam implements Optimizer {
    @Override
    public String name() {
      return "adam";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<String> buffers() {
      return List.of("first", "second");
    }

    @Override
    public List<String> coefficients() {
      return List.of();
    }

    @Override
    public List<String> statements() {
      return List.of(
          "one = torch.add_(torch.mul_(first, 0.9), torch.mul(gradient, 0.1))",
          "two = torch.add_(torch.mul_(second, 0.999), torch.mul(torch.square(gradient), 0.001))",
          "grown = torch.to(torch.sub(torch.ones_like(number), torch.pow(0.9, number)), dtype=6)",
          "fixed = torch.to(torch.sub(torch.ones_like(number), torch.pow(0.999, number)), dtype=6)",
          "mean = torch.div(first, grown)",
          "scale = torch.add(torch.sqrt(torch.div(second, fixed)), 0.0001)",
          "there = torch.sub_(theta, torch.mul(torch.div(mean, scale), rate))");
    }
  }

  /** A rate that rises over the first ten steps. */
  private static final class WarmUp implements LearningRateSchedule {
    @Override
    public String name() {
      return "warm-up";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public double rate(ModelSpec spec, int epoch, int step, int stepsOfEpoch) {
      return spec.getLearningRate() * Math.min(1, (epoch * stepsOfEpoch + step + 1) / 10.0);
    }
  }

  private static final class Killer implements TrainingListener {
    private int left;

    Killer(int steps) {
      left = steps;
    }

    @Override
    public void onStep(int examples) {
      if (--left == 0) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void onEpoch() {}
  }
}
