package dev.terrain.curvature.operator;

/** An operator whose vectors and products are rounded to float32. */
public record SinglePrecision(LinearOperator exact) implements LinearOperator {
  @Override
  public int dimension() {
    return exact.dimension();
  }

  @Override
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[][] products = rounded(exact.apply(rounded(block)));
    listener.onBatch(0, products);
    return products;
  }

  private static double[][] rounded(double[][] block) {
    double[][] rounded = new double[block.length][block[0].length];
    for (int j = 0; j < block.length; j++) {
      for (int i = 0; i < block[j].length; i++) {
        rounded[j][i] = (float) block[j][i];
      }
    }
    return rounded;
  }
}
