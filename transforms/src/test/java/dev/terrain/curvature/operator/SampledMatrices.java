package dev.terrain.curvature.operator;

import dev.terrain.random.CounterRandom;

/** The mean of dense symmetric matrices over the examples of batches, a matrix for each batch. */
@SuppressWarnings("ArrayRecordComponent")
public record SampledMatrices(double[][][] matrices, int[] batchSizes) implements LinearOperator {

  /**
   * Batches A + {@code noise} · E_b with symmetric Gaussian E_b, their weighted mean taken off, so
   * that the whole is A.
   */
  public static SampledMatrices around(double[][] a, double noise, int... batchSizes) {
    int d = a.length;
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    double[][][] matrices = new double[batchSizes.length][d][d];
    CounterRandom random = CounterRandom.of("test", "batches", d);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = 0;
        double[] e = new double[batchSizes.length];
        for (int b = 0; b < e.length; b++) {
          e[b] = random.nextGaussian();
          mean += batchSizes[b] * e[b] / examples;
        }
        for (int b = 0; b < e.length; b++) {
          matrices[b][i][j] = a[i][j] + noise * (e[b] - mean);
          matrices[b][j][i] = matrices[b][i][j];
        }
      }
    }
    return new SampledMatrices(matrices, batchSizes);
  }

  /**
   * Batches of a population with the mean A: A_b = A + (E_b + c z_b I) / √n_b, E_b symmetric with
   * standard normal entries, z_b standard normal.
   *
   * @param noise factor of E_b
   * @param shift c
   * @param id keys the draw
   */
  public static SampledMatrices drawn(
      double[][] a, double noise, double shift, String id, int... batchSizes) {
    int d = a.length;
    double[][][] matrices = new double[batchSizes.length][d][d];
    for (int b = 0; b < batchSizes.length; b++) {
      CounterRandom random = CounterRandom.of(id, "batch", b);
      double scale = 1 / Math.sqrt(batchSizes[b]);
      double common = shift * random.nextGaussian();
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          double e = noise * random.nextGaussian() + (i == j ? common : 0);
          matrices[b][i][j] = a[i][j] + scale * e;
          matrices[b][j][i] = matrices[b][i][j];
        }
      }
    }
    return new SampledMatrices(matrices, batchSizes);
  }

  /** The mean of all batches but {@code omitted}; of all, if there is no such batch. */
  public double[][] meanWithout(int omitted) {
    int d = dimension();
    double[][] mean = new double[d][d];
    double examples = 0;
    for (int b = 0; b < batchSizes.length; b++) {
      examples += b == omitted ? 0 : batchSizes[b];
    }
    for (int b = 0; b < batchSizes.length; b++) {
      for (int i = 0; b != omitted && i < d; i++) {
        for (int j = 0; j < d; j++) {
          mean[i][j] += batchSizes[b] / examples * matrices[b][i][j];
        }
      }
    }
    return mean;
  }

  @Override
  public int dimension() {
    return matrices[0].length;
  }

  @Override
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[][] sum = new MatrixOperator(meanWithout(-1)).apply(block);
    for (int b = 0; b < matrices.length; b++) {
      listener.onBatch(b, new MatrixOperator(matrices[b]).apply(block));
    }
    return sum;
  }
}
