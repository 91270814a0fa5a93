package dev.terrain.taxonomy.ruggedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.SampleMean;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated walkers against the closed forms and against the Boltzmann density by quadrature. */
final class LangevinTest {
  private static final RuggedModel MODEL = RuggedModel.standard();

  /** Errors of simulated means come from so many independent walkers. */
  private static final int WALKERS = 64;

  /** dx = -(x - m) dt + √(2T) dW, whose steps are exact: its mean loss is L_T(m). */
  @ParameterizedTest
  @CsvSource({"0.01, 0.003, 0.02", "0.002, 0.0001, -0.1", "0.004, 0.00001, 0.15"})
  void aWalkerHeldByAParabola_hasTheEffectiveLossOfItsCentre(
      double ruggedness, double temperature, double centre) {
    EffectiveLandscape raw = MODEL.landscape(ruggedness, 0);
    double memory = Math.exp(-1);
    double kick = Math.sqrt(temperature * (1 - memory * memory));
    double[] losses = new double[WALKERS];
    for (int w = 0; w < WALKERS; w++) {
      CounterRandom random = CounterRandom.of("langevin", "parabola", w);
      double departure = Math.sqrt(temperature) * random.nextGaussian();
      for (int step = 0; step < 1_000; step++) {
        losses[w] += raw.value(centre + departure) / 1_000;
        departure = memory * departure + kick * random.nextGaussian();
      }
    }
    assertMean(losses, MODEL.landscape(ruggedness, temperature).value(centre));
  }

  /**
   * dx = -L'(x) dt + √(2T) dW in steps of Leimkuhler and Matthews (2013), which err in the second
   * order of the step: mean loss, variance and the shares of the basins are those of exp(-L/T).
   */
  @ParameterizedTest
  @CsvSource({"0.001, 0.0005", "0.0005, 0.0002"})
  void aWalkerOnTheRuggedParabola_hasBoltzmannStatistics(double ruggedness, double temperature) {
    EffectiveLandscape raw = MODEL.landscape(ruggedness, 0);
    double step = 0.2 / (1 + raw.rippleBound(2));
    double kick = Math.sqrt(step * temperature / 2);
    int steps = 6_000;
    double[] losses = new double[WALKERS];
    double[] squares = new double[WALKERS];
    double[] shares = new double[WALKERS];
    for (int w = 0; w < WALKERS; w++) {
      CounterRandom random = CounterRandom.of("langevin", "rugged " + ruggedness, w);
      double x = Math.sqrt(temperature) * random.nextGaussian();
      double noise = random.nextGaussian();
      for (int i = -steps / 4; i < steps; i++) {
        double next = random.nextGaussian();
        x += -step * raw.slope(x) + kick * (noise + next);
        noise = next;
        if (i >= 0) {
          losses[w] += raw.value(x) / steps;
          squares[w] += x * x / steps;
          shares[w] += x > 0 ? 1.0 / steps : 0;
        }
      }
    }
    assertMean(losses, boltzmann(raw, temperature, raw::value));
    assertMean(squares, boltzmann(raw, temperature, x -> x * x));
    assertMean(shares, boltzmann(raw, temperature, x -> x > 0 ? 1 : 0));
  }

  private static double boltzmann(
      EffectiveLandscape raw, double temperature, DoubleUnaryOperator observable) {
    DoubleUnaryOperator weight = x -> Math.exp(-raw.value(x) / temperature);
    return Quadrature.integral(
            x -> observable.applyAsDouble(x) * weight.applyAsDouble(x), -0.5, 0.5, 40_000)
        / Quadrature.integral(weight, -0.5, 0.5, 40_000);
  }

  /** Stochastic gradient descent with the batches of a training, at the ends of its epochs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 24, 64, 112})
  void stepNoise_isTheVarianceOfATrainingInTheParabola(int batchSize) {
    StepNoise noise = new StepNoise(0.05, 0.5, 1.2, 128);
    int batches = 128 / batchSize;
    int epochs = 20 + 1_000 / batches;
    int settled = 200 / batches + 1;
    double[] squares = new double[WALKERS];
    for (int w = 0; w < WALKERS; w++) {
      CounterRandom random = CounterRandom.of("langevin", "batches of " + batchSize, w);
      double x = 0;
      double velocity = 0;
      for (int epoch = -settled; epoch < epochs; epoch++) {
        int[] order = random.permutation(128);
        for (int i = 0; i < batches; i++) {
          double pull = 0;
          for (int j = i * batchSize; j < (i + 1) * batchSize; j++) {
            pull += order[j] % 2 == 0 ? 1.0 / batchSize : -1.0 / batchSize;
          }
          velocity = noise.momentum() * velocity + x + noise.deviation() * pull;
          x -= noise.learningRate() * velocity;
        }
        squares[w] += epoch >= 0 ? x * x / epochs : 0;
      }
    }
    assertMean(squares, noise.temperature(batchSize));
  }

  @Test
  void stepNoise_vanishesForTheWholeSetAndForAGradientThatIsKnown() {
    assertThat(new StepNoise(0.05, 0.5, 1.2, 128).temperature(128)).isZero();
    assertThat(new StepNoise(0.05, 0.5, 0, 128).temperature(1)).isZero();
    // Without momentum, one example of very many at a time and small steps: v η/2.
    assertThat(new StepNoise(0.01, 0, 1, 1_000_000).temperature(1))
        .isCloseTo(0.01 / (2 - 0.01), within(1e-6));
    assertThatIllegalArgumentException().isThrownBy(() -> new StepNoise(3, 0.4, 1, 10));
  }

  private static void assertMean(double[] values, double expected) {
    SampleMean mean = SampleMean.of(values);
    assertThat(mean.value())
        .isCloseTo(expected, within(4 * Objects.requireNonNull(mean.standardError())));
    // An error that says nothing would let anything pass.
    assertThat(mean.standardError()).isLessThan(0.1 * Math.abs(expected));
  }
}
