package dev.terrain.curvature.operator;

/** An operator whose vectors and products are rounded to float32. */
public record SinglePrecision(LinearOperator exact) implements LinearOperator {
  @Override
  public int dimension() {
    return exact.dimension();
  }

  @Override
  public double[] apply(double[] v) {
    return rounded(exact.apply(rounded(v)));
  }

  private static double[] rounded(double[] v) {
    double[] rounded = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      rounded[i] = (float) v[i];
    }
    return rounded;
  }
}
