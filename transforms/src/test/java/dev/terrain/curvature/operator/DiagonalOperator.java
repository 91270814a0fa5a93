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
  public double[] apply(double[] v) {
    seen.add(v.clone());
    double[] product = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      product[i] = values[i] * v[i];
    }
    return product;
  }

  public List<double[]> seen() {
    return seen;
  }
}
