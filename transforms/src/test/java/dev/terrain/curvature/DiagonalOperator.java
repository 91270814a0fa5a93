package dev.terrain.curvature;

import java.util.ArrayList;
import java.util.List;

/** A diagonal matrix as an operator, which remembers the vectors that it was applied to. */
final class DiagonalOperator implements LinearOperator {
  private final double[] values;
  private final List<double[]> seen = new ArrayList<>();

  DiagonalOperator(double... values) {
    this.values = values;
  }

  @Override
  public int dimension() {
    return values.length;
  }

  @Override
  public double[] apply(double[] v) {
    seen.add(v.clone());
    double[] product = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      product[i] = values[i] * v[i];
    }
    return product;
  }

  List<double[]> seen() {
    return seen;
  }
}
