package dev.terrain.curvature.operator;

import java.util.ArrayList;
import java.util.List;

/** A diagonal matrix as an operator, which remembers the vectors that it was applied to. */
public final class DiagonalOperator implements LinearOperator {
  private final double[] values;
  private final List<double[]> seen = new ArrayList<>();

  public DiagonalOperator(double... values) {
    this.values = values;
  }

  @Override
  public int dimension() {
    return values.length;
  }

  @Override
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[][] products = new double[block.length][values.length];
    for (int j = 0; j < block.length; j++) {
      seen.add(block[j].clone());
      for (int i = 0; i < values.length; i++) {
        products[j][i] = values[i] * block[j][i];
      }
    }
    listener.onBatch(0, products);
    return products;
  }

  public List<double[]> seen() {
    return seen;
  }
}
