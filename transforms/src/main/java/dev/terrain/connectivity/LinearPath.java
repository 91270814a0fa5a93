package dev.terrain.connectivity;

/**
 * The straight line γ(t) = (1 - t) a + t b.
 *
 * @param start a, length d
 * @param end b, length d
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearPath(double[] start, double[] end) implements ParameterPath {

  @Override
  public double[] at(double t) {
    double[] point = new double[start.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (1 - t) * start[i] + t * end[i];
    }
    return point;
  }
}
