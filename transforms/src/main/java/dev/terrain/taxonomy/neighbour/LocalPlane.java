package dev.terrain.taxonomy.neighbour;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A cell's value minus that of the plane through its neighbours (least squares) at its place. For
 * values with independent errors of standard deviation σ about a plane it has standard deviation σ
 * {@code scale}.
 *
 * @param value the cell's value
 * @param departure its difference from the plane
 * @param scale √(1 + Σ h²) with the weights h of the neighbours in the plane's value
 * @param isOutside whether the value is beyond those of all neighbours
 * @param neighbours ids of the neighbours
 */
record LocalPlane(
    double value, double departure, double scale, boolean isOutside, List<String> neighbours) {
  private static final int MIN_NEIGHBOURS = 4;
  private static final double SINGULAR = 1e-9;

  /** Beyond this the plane is more of an extrapolation than a comparison. */
  private static final double MAX_SCALE = 2;

  /** Empty if the cell has no value, or too few neighbours that have one, or all in one line. */
  static Optional<LocalPlane> of(
      CheckedMetric metric, Diagram diagram, DiagramCell cell, List<DiagramCell> neighbours) {
    Double own = metric.value(cell);
    List<String> ids = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (DiagramCell other : neighbours) {
      Double value = metric.value(other);
      if (value != null) {
        ids.add(other.id());
        values.add(value);
        rows.add(
            new double[] {
              1,
              Neighbourhood.steps(diagram.load(), cell.load(), other.load()),
              Neighbourhood.steps(diagram.temperature(), cell.temperature(), other.temperature())
            });
      }
    }
    if (own == null || values.size() < MIN_NEIGHBOURS) {
      return Optional.empty();
    }
    RealMatrix design = new Array2DRowRealMatrix(rows.toArray(new double[0][]));
    LUDecomposition normal = new LUDecomposition(design.transpose().multiply(design), SINGULAR);
    if (!normal.getSolver().isNonSingular()) {
      return Optional.empty();
    }
    RealVector weights =
        design.operate(normal.getSolver().solve(new ArrayRealVector(new double[] {1, 0, 0})));
    double expected = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.size(); i++) {
      expected += weights.getEntry(i) * values.get(i);
      low = Math.min(low, values.get(i));
      high = Math.max(high, values.get(i));
    }
    double scale = Math.sqrt(1 + weights.dotProduct(weights));
    return scale > MAX_SCALE
        ? Optional.empty()
        : Optional.of(new LocalPlane(own, own - expected, scale, own < low || own > high, ids));
  }
}
