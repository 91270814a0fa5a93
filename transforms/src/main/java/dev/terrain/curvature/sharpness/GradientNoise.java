package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.statistics.CoverageFactor;
import dev.terrain.statistics.Jackknife;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The norm of a gradient and its noise from image to image, from the gradients g_b of the batches
 * of one pass.
 *
 * @param norm ‖g‖ of the sample's gradient g, which is longer on average than that of the true
 *     gradient: ‖g‖² has the bias tr Σ/n, so that the data bias of ‖g‖ is what it exceeds the root
 *     of the unbiased estimate by
 * @param squaredNorm the unbiased estimate of ‖G‖², G = E g; negative where noise hides G
 * @param noiseTrace the unbiased estimate of tr Σ, Σ the covariance of a single image's gradient
 * @param noiseScale B = tr Σ/‖G‖², in images: the batch size at which noise and gradient are
 *     equally large. Not defined where the estimate of ‖G‖² is not above 0, and of no use, with a
 *     reason, where it is not above two standard errors of its own, for the ratio has a pole there
 */
public record GradientNoise(
    ScalarMeasure norm,
    ScalarMeasure squaredNorm,
    ScalarMeasure noiseTrace,
    ScalarMeasure noiseScale) {
  private static final ScalarMeasure.Cost ONE_GRADIENT = new ScalarMeasure.Cost(0, 1, 0);

  /**
   * Measures them by the two-batch formulae of McCandlish et al. 2018 for batches of any sizes:
   * E‖g_b‖² = ‖G‖² + tr Σ/n_b and E‖g‖² = ‖G‖² + tr Σ/n. Their errors are delete-one-batch
   * jackknives, null with fewer than three batches; one gradient is spent and the memory of all
   * batches' gradients.
   */
  public static GradientNoise measure(LossSurface surface, Weights weights) {
    int[] sizes = surface.batchSizes();
    double[][] gradients = new double[sizes.length][];
    surface.gradient(weights, (batch, vectors) -> gradients[batch] = vectors[0].clone());
    return of(gradients, sizes);
  }

  static GradientNoise of(double[][] gradients, int[] sizes) {
    BatchGram gram = BatchGram.of(gradients, sizes);
    ScalarMeasure norm = measure(gram, all -> Math.sqrt(all.meanNorm2()));
    if (sizes.length < 2) {
      ScalarMeasure none =
          ScalarMeasure.undefined("noise shows in at least two batches only", ONE_GRADIENT);
      return new GradientNoise(norm, none, none, none);
    }
    ScalarMeasure squaredNorm = measure(gram, BatchGram::squaredNorm);
    ScalarMeasure noiseTrace = measure(gram, BatchGram::noiseTrace);
    return new GradientNoise(
        norm.withDataBias(
            Objects.requireNonNull(norm.value())
                - Math.sqrt(Math.max(Objects.requireNonNull(squaredNorm.value()), 0))),
        squaredNorm,
        noiseTrace,
        noiseScale(gram, squaredNorm));
  }

  private static ScalarMeasure noiseScale(BatchGram gram, ScalarMeasure squaredNorm) {
    double value = Objects.requireNonNull(squaredNorm.value());
    if (value <= 0) {
      return ScalarMeasure.undefined(
          "the estimate of the squared gradient norm is not above 0: noise hides the gradient",
          ONE_GRADIENT);
    }
    ScalarMeasure scale = measure(gram, all -> all.noiseTrace() / all.squaredNorm());
    Double error = squaredNorm.dataStandardError();
    if (error == null) {
      return scale.withReason("fewer than three batches tell nothing of its error");
    }
    return value > 2 * error
        ? scale
        : scale.withReason(
            "the estimate %.2g of the squared gradient norm is within two standard errors, %.2g each, of 0: noise may hide the gradient"
                .formatted(value, error));
  }

  private static ScalarMeasure measure(BatchGram gram, ToDoubleFunction<BatchGram> value) {
    int batches = gram.sizes().length;
    Double error = null;
    if (batches >= 3) {
      double[] without = new double[batches];
      for (int b = 0; b < batches; b++) {
        without[b] = value.applyAsDouble(gram.without(b));
      }
      error = CoverageFactor.widened(Jackknife.deleteOne(without), batches);
    }
    return ScalarMeasure.of(value.applyAsDouble(gram), null, error, ONE_GRADIENT);
  }

  /**
   * Inner products g_a'g_b of the gradients of batches, which are enough for the norms of all their
   * means.
   *
   * @param products g_a'g_b
   * @param sizes images n_b of each batch
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record BatchGram(double[][] products, int[] sizes) {

    static BatchGram of(double[][] gradients, int[] sizes) {
      int batches = sizes.length;
      double[][] products = new double[batches][batches];
      for (int a = 0; a < batches; a++) {
        for (int b = 0; b <= a; b++) {
          products[a][b] = OrthonormalBasis.dot(gradients[a], gradients[b]);
          products[b][a] = products[a][b];
        }
      }
      return new BatchGram(products, sizes);
    }

    /** The same without one batch. */
    BatchGram without(int batch) {
      int batches = sizes.length - 1;
      double[][] rest = new double[batches][batches];
      int[] restSizes = new int[batches];
      for (int a = 0; a < batches; a++) {
        int fromA = a < batch ? a : a + 1;
        restSizes[a] = sizes[fromA];
        for (int b = 0; b < batches; b++) {
          rest[a][b] = products[fromA][b < batch ? b : b + 1];
        }
      }
      return new BatchGram(rest, restSizes);
    }

    private double images() {
      double sum = 0;
      for (int size : sizes) {
        sum += size;
      }
      return sum;
    }

    /** ‖Σ_b (n_b/n) g_b‖². */
    double meanNorm2() {
      double sum = 0;
      for (int a = 0; a < sizes.length; a++) {
        for (int b = 0; b < sizes.length; b++) {
          sum += sizes[a] * products[a][b] * sizes[b];
        }
      }
      return Math.max(0, sum) / (images() * images());
    }

    /** (mean_b ‖g_b‖² − ‖g‖²) / (mean_b 1/n_b − 1/n). */
    double noiseTrace() {
      double norms = 0;
      double inverses = 0;
      for (int b = 0; b < sizes.length; b++) {
        norms += products[b][b] / sizes.length;
        inverses += 1.0 / sizes[b] / sizes.length;
      }
      return (norms - meanNorm2()) / (inverses - 1 / images());
    }

    /** ‖g‖² − tr Σ/n. */
    double squaredNorm() {
      return meanNorm2() - noiseTrace() / images();
    }
  }
}
