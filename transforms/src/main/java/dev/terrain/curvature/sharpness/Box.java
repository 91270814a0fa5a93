package dev.terrain.curvature.sharpness;

/** The box {δ: |δ_i| ≤ widths_i}. */
@SuppressWarnings("ArrayRecordComponent")
record Box(double[] widths) implements AscentRegion {
  @Override
  public double[] steepest(double[] gradient) {
    double[] step = new double[gradient.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = Math.signum(gradient[i]) * widths[i];
    }
    return step;
  }

  @Override
  public void project(double[] delta) {
    for (int i = 0; i < delta.length; i++) {
      delta[i] = Math.max(-widths[i], Math.min(widths[i], delta[i]));
    }
  }
}
