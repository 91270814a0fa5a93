package dev.terrain.surface;

/**
 * The loss ½ θ'Hθ with H = Σ_b (n_b/n) H_b, H_b a given symmetric matrix for each batch b. Every
 * image of batch b has the loss ½ θ'H_b θ; it is correct while that is below 1.
 */
public final class QuadraticSurface implements LossSurface {
  private final double[][][] batchHessians;
  private final int[] batchSizes;

  public QuadraticSurface(double[][][] batchHessians, int[] batchSizes) {
    this.batchHessians = batchHessians;
    this.batchSizes = batchSizes;
  }

  /** One image, one batch. */
  public static QuadraticSurface of(double[][] hessian) {
    return new QuadraticSurface(new double[][][] {hessian}, new int[] {1});
  }

  @Override
  public int dimension() {
    return batchHessians[0].length;
  }

  @Override
  public int examples() {
    int sum = 0;
    for (int size : batchSizes) {
      sum += size;
    }
    return sum;
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    double[] losses = new double[examples()];
    boolean[] correct = new boolean[examples()];
    int image = 0;
    for (int b = 0; b < batchSizes.length; b++) {
      for (int i = 0; i < batchSizes[b]; i++) {
        losses[image] = 0.5 * form(batchHessians[b], weights.theta());
        correct[image] = losses[image] < 1;
        image++;
      }
    }
    return new Evaluation(losses, correct);
  }

  @Override
  public int[] batchSizes() {
    return batchSizes.clone();
  }

  @Override
  public double[][] outputs(Weights weights) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    double[][] block = {weights.theta()};
    double[] gradient = products(CurvatureMatrix.hessian(), weights, block, listener)[0];
    return new LossGradient(evaluate(weights).loss(), gradient);
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    if (!matrix.equals(CurvatureMatrix.hessian())) {
      throw new UnsupportedOperationException(matrix.toString());
    }
    double[][] products = new double[block.length][dimension()];
    for (int b = 0; b < batchSizes.length; b++) {
      double[][] parts = new double[block.length][];
      for (int k = 0; k < block.length; k++) {
        parts[k] = multiply(batchHessians[b], block[k]);
        for (int i = 0; i < parts[k].length; i++) {
          products[k][i] += parts[k][i] * batchSizes[b] / examples();
        }
      }
      listener.onBatch(b, parts);
    }
    return products;
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    return gradient(new Weights(theta, new double[0]));
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    return new double[0];
  }

  /** The matrix-vector product. */
  public static double[] multiply(double[][] matrix, double[] v) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < v.length; j++) {
        product[i] += matrix[i][j] * v[j];
      }
    }
    return product;
  }

  private static double form(double[][] matrix, double[] v) {
    double[] product = multiply(matrix, v);
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      sum += v[i] * product[i];
    }
    return sum;
  }
}
