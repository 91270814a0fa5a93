package dev.terrain.curvature.operator;

import java.util.function.UnaryOperator;

/** x ↦ diag(scales) x in a new array. */
@SuppressWarnings("ArrayRecordComponent")
public record ElementScaling(double[] scales) implements UnaryOperator<double[]> {
  @Override
  public double[] apply(double[] vector) {
    double[] scaled = new double[vector.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = scales[i] * vector[i];
    }
    return scaled;
  }
}
