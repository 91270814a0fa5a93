package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class EllipticalSliceTest {
  /** Posterior far from a Gaussian: one coefficient with a steep design and sides all alike. */
  private static final double[][] DESIGN = {{10}, {6}, {8}};

  private static final boolean[] POSITIVE = {true, true, true};

  private static double density(double b) {
    double log = -b * b / 2;
    for (double[] x : DESIGN) {
      log += LogisticFit.logProbability(x[0] * b, true);
    }
    return Math.exp(log);
  }

  @Test
  void draws_oneCoefficient_haveTheMomentsOfQuadrature() {
    double mass = 0;
    double mean = 0;
    double negative = 0;
    for (double b = -8; b < 8; b += 1e-3) {
      mass += density(b);
      mean += b * density(b);
      negative += b < 0 ? density(b) : 0;
    }
    LogisticFit fit = LogisticFit.of(DESIGN, POSITIVE, new double[] {1}, new double[1]);

    List<double[]> draws =
        EllipticalSlice.draws(DESIGN, POSITIVE, fit, 20_000, CounterRandom.of("a", "b", 0));

    assertThat(draws.stream().mapToDouble(d -> d[0]).average().orElseThrow())
        .isCloseTo(mean / mass, within(0.03));
    assertThat(draws.stream().filter(d -> d[0] < 0).count() / 20_000.0)
        .isCloseTo(negative / mass, within(0.005));
  }
}
