package dev.terrain.curvature.sharpness;

/** The ellipsoid {δ: ‖T⁻¹δ‖ ≤ ρ}, T = diag(scales); distances are measured as ‖T⁻¹δ‖. */
@SuppressWarnings("ArrayRecordComponent")
record Ball(double rho, double[] scales) implements AscentRegion {
  @Override
  public double[] steepest(double[] gradient) {
    double squares = 0;
    double[] step = new double[gradient.length];
    for (int i = 0; i < step.length; i++) {
      double scaled = scales[i] * gradient[i];
      squares += scaled * scaled;
      step[i] = scales[i] * scaled;
    }
    double factor = squares == 0 ? 0 : rho / Math.sqrt(squares);
    for (int i = 0; i < step.length; i++) {
      step[i] *= factor;
    }
    return step;
  }

  @Override
  public void project(double[] delta) {
    double squares = 0;
    for (int i = 0; i < delta.length; i++) {
      if (delta[i] != 0) {
        squares += (delta[i] / scales[i]) * (delta[i] / scales[i]);
      }
    }
    double norm = Math.sqrt(squares);
    if (norm > rho) {
      for (int i = 0; i < delta.length; i++) {
        delta[i] *= rho / norm;
      }
    }
  }
}
