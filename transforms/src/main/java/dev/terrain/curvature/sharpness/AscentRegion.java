package dev.terrain.curvature.sharpness;

/** The set of perturbations δ among which the worst is looked for: a neighbourhood of 0. */
interface AscentRegion {
  /** The δ of the region that increases g'δ most. */
  double[] steepest(double[] gradient);

  /** Moves δ into the region, to its nearest point, in place. */
  void project(double[] delta);
}
