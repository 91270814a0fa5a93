package dev.terrain.curvature.operator;

import dev.terrain.curvature.linear.OrthonormalBasis;
import java.util.List;
import java.util.function.UnaryOperator;

/** x ↦ (I − QQ')x in a new array, for orthonormal columns of Q. */
record ComplementProjection(List<double[]> orthonormal) implements UnaryOperator<double[]> {
  @Override
  public double[] apply(double[] vector) {
    double[] rest = vector.clone();
    for (double[] column : orthonormal) {
      double share = OrthonormalBasis.dot(column, rest);
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= share * column[i];
      }
    }
    return rest;
  }
}
