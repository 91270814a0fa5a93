package dev.terrain.connectivity;

/**
 * The quadratic Bezier curve γ(t) = (1 - t)² a + 2t(1 - t) c + t² b with fixed ends and one control
 * point.
 *
 * @param start a, length d
 * @param control c, length d
 * @param end b, length d
 */
@SuppressWarnings("ArrayRecordComponent")
public record BezierCurve(double[] start, double[] control, double[] end) implements ParameterPath {

  /** The curve that runs along the straight line from start to end at constant speed. */
  public static BezierCurve straight(double[] start, double[] end) {
    return new BezierCurve(start, new LinearPath(start, end).at(0.5), end);
  }

  /** The weight 2t(1 - t) = ∂γ(t)/∂c of the control point at t. */
  static double controlWeight(double t) {
    return 2 * t * (1 - t);
  }

  @Override
  public double[] at(double t) {
    double first = (1 - t) * (1 - t);
    double middle = controlWeight(t);
    double last = t * t;
    double[] point = new double[start.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = first * start[i] + middle * control[i] + last * end[i];
    }
    return point;
  }
}
