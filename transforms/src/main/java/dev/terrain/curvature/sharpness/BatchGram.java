package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;

/**
 * Inner products g_a'g_b of the gradients of batches, which are enough for the norms of all their
 * means.
 *
 * @param products g_a'g_b
 * @param sizes images n_b of each batch
 */
@SuppressWarnings("ArrayRecordComponent")
record BatchGram(double[][] products, int[] sizes) {

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
