package dev.terrain.connectivity;

/** A curve γ: [0, 1] → R^d in parameter space. */
public interface ParameterPath {
  /**
   * The point γ(t) in a new array of length d; the ends are exact.
   *
   * @param t position in [0, 1]
   */
  double[] at(double t);
}
