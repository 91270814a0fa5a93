package dev.terrain.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import dev.terrain.v1.SimilaritySettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two perceptrons whose outputs hardly depend on the image, in single precision beside double: what
 * the biases make is large, what the images make is a share {@code signal} of what they make at the
 * initialisation.
 */
class NearlyConstantFeaturesTest {
  private static final RandomImages IMAGES = new RandomImages(256, 1, 8, 10, 3);
  private static final Network NETWORK = Surfaces.mlp(IMAGES, 20, 20);
  private static final MixupPlan MIXUP =
      Mixup.plan(
          "images",
          IMAGES.size(),
          SimilaritySettings.newBuilder().setExamples(256).setMixupBatchSize(64).build());

  private static Weights weights(String id, double signal) {
    double[] theta = Surfaces.weights(NETWORK, id).theta();
    int firstLayer = 64 * 20;
    for (int i = 0; i < firstLayer; i++) {
      theta[i] *= signal;
    }
    for (int i = firstLayer; i < firstLayer + 20; i++) {
      theta[i] += 0.5;
    }
    return new Weights(theta, new double[0]);
  }

  private static Representation outputs(Weights weights, Precision precision) {
    NetworkSurface surface =
        new NetworkSurface(NETWORK, IMAGES, Surfaces.batches(256, 128), precision);
    double[] values =
        surface.mixedProbabilities(weights, MIXUP.first(), MIXUP.second(), MIXUP.weight());
    return new Representation(MIXUP.size(), IMAGES.classes(), values);
  }

  /** From the n × n kernel matrices. */
  private static double exact(boolean debiased, Weights first, Weights second) {
    double[][] k = kernel(outputs(first, Precision.FLOAT64));
    double[][] l = kernel(outputs(second, Precision.FLOAT64));
    return debiased
        ? hsic(k, l) / Math.sqrt(hsic(k, k) * hsic(l, l))
        : inner(k, l) / Math.sqrt(inner(k, k) * inner(l, l));
  }

  private static double[][] kernel(Representation x) {
    int n = x.rows();
    double[][] kernel = new double[n][n];
    for (int feature = 0; feature < x.columns(); feature++) {
      double mean = 0;
      for (int row = 0; row < n; row++) {
        mean += x.get(row, feature) / n;
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          kernel[i][j] += (x.get(i, feature) - mean) * (x.get(j, feature) - mean);
        }
      }
    }
    return kernel;
  }

  private static double inner(double[][] k, double[][] l) {
    double sum = 0;
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        sum += k[i][j] * l[i][j];
      }
    }
    return sum;
  }

  /** n (n - 3) HSIC₁ as it is defined, with kernels whose diagonals are 0. */
  private static double hsic(double[][] k, double[][] l) {
    int n = k.length;
    double trace = 0;
    double sumK = 0;
    double sumL = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      double rowK = Arrays.stream(k[i]).sum() - k[i][i];
      double rowL = Arrays.stream(l[i]).sum() - l[i][i];
      for (int j = 0; j < n; j++) {
        trace += i == j ? 0 : k[i][j] * l[i][j];
      }
      sumK += rowK;
      sumL += rowL;
      product += rowK * rowL;
    }
    return trace + sumK * sumL / ((n - 1.0) * (n - 2)) - 2 * product / (n - 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void singlePrecision_givesTheAlignmentOfDoublePrecisionOrNone(boolean debiased) {
    int defined = 0;
    for (int exponent = 0; exponent <= 10; exponent++) {
      for (int seed = 0; seed < 4; seed++) {
        Weights first = weights("a" + seed, Math.pow(10, -exponent));
        Weights second = weights("b" + seed, Math.pow(10, -exponent));
        Representation x = outputs(first, Precision.FLOAT32);
        Representation y = outputs(second, Precision.FLOAT32);
        CkaValue value = debiased ? LinearCka.debiased(x, y) : LinearCka.biased(x, y);
        if (value.value() == null) {
          assertThat(value.reason()).contains("over the examples");
          assertThat(value.dataStandardError()).isNull();
        } else {
          defined++;
          assertThat(value.value()).isCloseTo(exact(debiased, first, second), within(0.01));
          assertThat(value.dataStandardError()).isPositive();
        }
      }
    }
    assertThat(defined).as("signals of 1e-3 and more are told").isEqualTo(16);
  }

  @Test
  void featuresThatVaryByAFewUnitsInTheLastPlace_areUndefined() {
    CounterRandom random = CounterRandom.of("test", "last place", 0);
    double[] x = new double[1000];
    double[] y = new double[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.1f + random.nextInt(3) * Math.ulp(0.1f);
      y[i] = 0.3f + random.nextInt(2) * Math.ulp(0.3f);
    }

    CkaValue value =
        LinearCka.biased(new Representation(100, 10, x), new Representation(100, 10, y));

    assertThat(value.value()).isNull();
    assertThat(value.reason())
        .matches(
            "the second representation varies over the examples by [1-9].[0-9]e-08 of its size"
                + " only; rounding in single precision may change the value by more than 0.01");
  }

  @Test
  void examplesThatAllAgree_tellNoError() {
    // Two saturated networks that take the same class for each example: 1 in every group.
    double[] values = new double[300];
    for (int row = 0; row < 100; row++) {
      values[3 * row + row % 3] = 1;
    }
    Representation x = new Representation(100, 3, values);

    assertThat(LinearCka.biased(x, x).value()).isCloseTo(1, within(1e-14));
    assertThat(LinearCka.biased(x, x).dataStandardError()).isNull();
  }

  @Test
  void twoExamples_tellNothing() {
    Representation x = new Representation(2, 2, new double[] {1, 2, 3, 5});
    Representation y = new Representation(2, 2, new double[] {7, 1, 0, 4});

    assertThat(LinearCka.biased(x, y).reason())
        .isEqualTo("2 examples have the alignment 1 whatever their features");
  }
}
