package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A boundary as a straight line a + b·u + c·v = 0, where u and v are the {@linkplain
 * DiagramAxis#coordinate coordinates} of load and temperature (log₂ on logarithmic axes).
 *
 * <p>Found by logistic regression with a weak ridge: the coordinates are centred and divided by
 * their standard deviations, and 0.0005 times the sum of the squares of the two slopes, not of the
 * intercept, is added to the summed log loss. The ridge only keeps the slopes finite where a line
 * parts the cells without error. On the study's released grid this gives log₂ b* = 10.91 − 0.53
 * log₂ w for the Hessian transition and log₂ w* = −1.38 + 0.57 log₂ b for the connectivity
 * transition; any ridge below 0.005, standardised or not, gives the same to two decimals.
 *
 * @param load axis of u
 * @param temperature axis of v
 * @param intercept a
 * @param loadSlope b
 * @param temperatureSlope c; a + b·u + c·v is the log odds of the positive side
 * @param cells how many cells it was fitted to
 * @param rightSide the share of them that lie on their own side of it
 */
public record StraightLine(
    DiagramAxis load,
    DiagramAxis temperature,
    double intercept,
    double loadSlope,
    double temperatureSlope,
    int cells,
    double rightSide) {
  private static final double RIDGE = 1e-3;

  /**
   * One coordinate as a function of the other.
   *
   * @param intercept coordinate on the line where the other one is 0
   * @param slope its change by one unit of the other
   */
  public record Relation(double intercept, double slope) {}

  /** The temperature coordinate v as a function of the load coordinate; empty if v has no say. */
  public Optional<Relation> temperatureByLoad() {
    return temperatureSlope == 0
        ? Optional.empty()
        : Optional.of(new Relation(-intercept / temperatureSlope, -loadSlope / temperatureSlope));
  }

  /** The load coordinate u as a function of the temperature coordinate; empty if u has no say. */
  public Optional<Relation> loadByTemperature() {
    return loadSlope == 0
        ? Optional.empty()
        : Optional.of(new Relation(-intercept / loadSlope, -temperatureSlope / loadSlope));
  }

  /** Where two lines cross, inside the grid or not; empty if they are parallel. */
  public Optional<PlanePoint> crossing(StraightLine other) {
    double determinant = loadSlope * other.temperatureSlope - temperatureSlope * other.loadSlope;
    if (determinant == 0) {
      return Optional.empty();
    }
    double u = (temperatureSlope * other.intercept - intercept * other.temperatureSlope);
    double v = (intercept * other.loadSlope - loadSlope * other.intercept);
    return Optional.of(
        PlanePoint.at(
            load,
            temperature,
            load.position(u / determinant),
            temperature.position(v / determinant)));
  }

  /**
   * The line of a transition; empty if there are not cells on both sides, or they share one load or
   * one temperature.
   */
  static Optional<StraightLine> of(PhasedDiagram diagram, BoundaryKind kind) {
    DiagramAxis load = diagram.diagram().load();
    DiagramAxis temperature = diagram.diagram().temperature();
    List<double[]> coordinates = new ArrayList<>();
    List<Boolean> sides = new ArrayList<>();
    for (DiagramCell cell : diagram.cells()) {
      Boolean side = kind.side(diagram, cell);
      if (side != null) {
        coordinates.add(
            new double[] {
              load.coordinate(cell.load()), temperature.coordinate(cell.temperature())
            });
        sides.add(side);
      }
    }
    double[] mean = new double[2];
    double[] spread = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      mean[axis] = coordinates.stream().mapToDouble(c -> c[a]).average().orElse(0);
      spread[axis] =
          Math.sqrt(
              coordinates.stream()
                  .mapToDouble(c -> Math.pow(c[a] - mean[a], 2))
                  .average()
                  .orElse(0));
    }
    if (!sides.contains(true) || !sides.contains(false) || spread[0] == 0 || spread[1] == 0) {
      return Optional.empty();
    }
    double[][] design = new double[sides.size()][];
    boolean[] positive = new boolean[sides.size()];
    for (int i = 0; i < design.length; i++) {
      double[] c = coordinates.get(i);
      design[i] = new double[] {1, (c[0] - mean[0]) / spread[0], (c[1] - mean[1]) / spread[1]};
      positive[i] = sides.get(i);
    }
    double[] mode =
        LogisticFit.of(design, positive, new double[] {0, RIDGE, RIDGE}, new double[3]).mode();
    int right = 0;
    for (int i = 0; i < design.length; i++) {
      right += (LogisticFit.product(design[i], mode) > 0) == positive[i] ? 1 : 0;
    }
    double loadSlope = mode[1] / spread[0];
    double temperatureSlope = mode[2] / spread[1];
    double intercept = mode[0] - loadSlope * mean[0] - temperatureSlope * mean[1];
    return Optional.of(
        new StraightLine(
            load,
            temperature,
            intercept,
            loadSlope,
            temperatureSlope,
            design.length,
            right / (double) design.length));
  }
}
