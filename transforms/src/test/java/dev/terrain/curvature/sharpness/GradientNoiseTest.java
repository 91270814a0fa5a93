package dev.terrain.curvature.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class GradientNoiseTest {
  private static final int DIMENSION = 50;

  /** G with ‖G‖² = 38.88, noise of variance 9 in each of 50 components: tr Σ = 450. */
  private static double[][] batchGradients(int[] sizes, String id) {
    double[][] gradients = new double[sizes.length][DIMENSION];
    for (int b = 0; b < sizes.length; b++) {
      CounterRandom random = CounterRandom.of(id, "gradient", b);
      for (int i = 0; i < DIMENSION; i++) {
        // The mean of n_b images has a variance of 9/n_b.
        gradients[b][i] =
            Math.sqrt(38.88 / DIMENSION) + 3 / Math.sqrt(sizes[b]) * random.nextGaussian();
      }
    }
    return gradients;
  }

  private static int[] unevenSizes() {
    int[] sizes = new int[400];
    for (int b = 0; b < sizes.length; b++) {
      sizes[b] = 1 + b % 7;
    }
    return sizes;
  }

  @Test
  void gaussianGradients_giveTheirNormAndNoiseWithinTheirErrors() {
    GradientNoise noise = GradientNoise.of(batchGradients(unevenSizes(), "noise"), unevenSizes());
    assertThat(noise.squaredNorm().value())
        .isCloseTo(38.88, within(4 * noise.squaredNorm().dataStandardError()));
    assertThat(noise.noiseTrace().value())
        .isCloseTo(450, within(4 * noise.noiseTrace().dataStandardError()));
    assertThat(noise.noiseScale().value())
        .isCloseTo(450 / 38.88, within(4 * noise.noiseScale().dataStandardError()));
    // var ‖G‖² ≈ 4 G'ΣG/n, n = 1594 images.
    assertThat(noise.squaredNorm().dataStandardError())
        .isCloseTo(Math.sqrt(4 * 9 * 38.88 / 1594), within(0.25));
  }

  @Test
  void hundredThousandImages_giveNormNoiseAndScaleToAFewPercent() {
    int[] sizes = new int[200];
    for (int b = 0; b < sizes.length; b++) {
      sizes[b] = b % 2 == 0 ? 400 : 600;
    }
    GradientNoise noise = GradientNoise.of(batchGradients(sizes, "large"), sizes);
    // Standard deviations: √(4 · 9 · 38.88/10⁵) = 0.12, and 450 √(2/(50 · 199)) = 6.4 or a little
    // more, as the batches are uneven.
    assertThat(noise.squaredNorm().value()).isCloseTo(38.88, within(4 * 0.12));
    assertThat(noise.noiseTrace().value()).isCloseTo(450, within(4 * 6.6));
    assertThat(noise.noiseScale().value()).isCloseTo(450 / 38.88, within(4 * 0.17));
  }

  @Test
  void estimatesOverManySamples_haveNoBias() {
    int[] sizes = {3, 1, 4, 2};
    int samples = 4000;
    double[] norms = new double[samples];
    double[] traces = new double[samples];
    for (int sample = 0; sample < samples; sample++) {
      GradientNoise noise = GradientNoise.of(batchGradients(sizes, "sample " + sample), sizes);
      norms[sample] = noise.squaredNorm().value();
      traces[sample] = noise.noiseTrace().value();
    }
    assertUnbiased(norms, 38.88);
    assertUnbiased(traces, 450);
  }

  private static void assertUnbiased(double[] values, double expected) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double standardError = Math.sqrt(squares) / values.length;
    assertThat(standardError).isLessThan(0.02 * expected);
    assertThat(mean).isCloseTo(expected, within(4 * standardError));
  }

  @Test
  void evenBatches_giveTheTwoBatchFormulae() {
    int[] sizes = {5, 5, 5};
    double[][] gradients = batchGradients(sizes, "even");
    double small = 0;
    double[] mean = new double[DIMENSION];
    for (double[] g : gradients) {
      for (int i = 0; i < DIMENSION; i++) {
        small += g[i] * g[i] / 3;
        mean[i] += g[i] / 3;
      }
    }
    double large = Arrays.stream(mean).map(x -> x * x).sum();
    GradientNoise noise = GradientNoise.of(gradients, sizes);
    assertThat(noise.squaredNorm().value())
        .isCloseTo((15 * large - 5 * small) / (15 - 5), within(1e-11));
    assertThat(noise.noiseTrace().value())
        .isCloseTo((small - large) / (1.0 / 5 - 1.0 / 15), within(1e-10));
    assertThat(noise.norm().value()).isCloseTo(Math.sqrt(large), within(1e-13));
  }

  @Test
  void noiseThatHidesTheGradient_leavesTheScaleUndefined() {
    double[][] gradients = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    GradientNoise noise = GradientNoise.of(gradients, new int[] {1, 1, 1, 1});
    assertThat(noise.squaredNorm().value()).isCloseTo(-1.0 / 3, within(1e-15));
    assertThat(noise.noiseScale().value()).isNull();
    assertThat(noise.noiseScale().reason()).contains("noise hides the gradient");
  }

  /** Ten batches of gradients whose mean is 0: the estimate of its square is above 0 in half. */
  @Test
  void gradientThatMayBeNoise_givesAScaleOfNoUse() {
    int[] sizes = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    int samples = 400;
    int trusted = 0;
    int unsure = 0;
    for (int sample = 0; sample < samples; sample++) {
      double[][] gradients = batchGradients(sizes, "nothing " + sample);
      for (double[] gradient : gradients) {
        for (int i = 0; i < DIMENSION; i++) {
          gradient[i] -= Math.sqrt(38.88 / DIMENSION);
        }
      }
      ScalarMeasure scale = GradientNoise.of(gradients, sizes).noiseScale();
      trusted += scale.value() != null && scale.reason() == null ? 1 : 0;
      unsure += scale.value() != null && scale.reason() != null ? 1 : 0;
    }
    assertThat(trusted).isLessThanOrEqualTo(samples / 20);
    assertThat(unsure).isGreaterThan(samples / 4);
  }

  @Test
  void clearGradient_givesAScaleWithoutAReason() {
    int[] sizes = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
    GradientNoise noise = GradientNoise.of(batchGradients(sizes, "clear"), sizes);
    assertThat(noise.noiseScale().reason()).isNull();
    assertThat(noise.noiseScale().value()).isCloseTo(450 / 38.88, within(4.0));
  }

  @Test
  void lengthThatNoiseAddsToAGradient_isItsDataBias() {
    int[] sizes = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    double lengths = 0;
    double biases = 0;
    for (int sample = 0; sample < 400; sample++) {
      ScalarMeasure norm = GradientNoise.of(batchGradients(sizes, "long " + sample), sizes).norm();
      lengths += norm.value() / 400;
      biases += norm.dataBias() / 400;
    }
    // E‖g‖² = 38.88 + 450/100.
    assertThat(lengths).isCloseTo(Math.sqrt(38.88 + 4.5), within(0.1));
    assertThat(biases).isCloseTo(lengths - Math.sqrt(38.88), within(0.05));
  }

  @Test
  void aSquaredNormThatIsPositiveByChance_letsNobodyTrustTheScale() {
    // G = 0, so that half of the estimates of ‖G‖² are above 0.
    int[] sizes = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    int positive = 0;
    int trustedScales = 0;
    for (int sample = 0; sample < 400; sample++) {
      CounterRandom random = CounterRandom.of("no gradient", "gradient", sample);
      double[][] gradients = new double[sizes.length][DIMENSION];
      for (double[] gradient : gradients) {
        Arrays.setAll(gradient, i -> random.nextGaussian());
      }
      GradientNoise noise = GradientNoise.of(gradients, sizes);
      positive += noise.squaredNorm().value() > 0 ? 1 : 0;
      boolean trusted = noise.noiseScale().value() != null && noise.noiseScale().reason() == null;
      trustedScales += trusted ? 1 : 0;
    }
    assertThat(positive).isBetween(120, 240);
    assertThat(trustedScales).isLessThanOrEqualTo(400 / 10);
  }

  @Test
  void oneBatch_showsNoNoise() {
    QuadraticSurface surface = QuadraticSurface.of(MatrixOperator.diagonal(3, 4).rows());
    GradientNoise noise =
        GradientNoise.measure(surface, new Weights(new double[] {1, 1}, new double[0]));
    assertThat(noise.norm().value()).isCloseTo(5, within(1e-15));
    assertThat(noise.norm().dataStandardError()).isNull();
    assertThat(noise.noiseTrace().value()).isNull();
    assertThat(noise.noiseTrace().reason()).contains("at least two batches");
  }
}
