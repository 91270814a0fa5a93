package dev.terrain.curvature.trace;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A test vector ω_i of a {@link RangeSketch} beside the basis Q_i of the images of all others,
 * which spans what Q does but for one direction.
 *
 * @param direction s: Qs is orthogonal to Q_i
 * @param along ω_i'Qs
 * @param spanned x: Qx is the part of ω_i in the span of Q_i
 * @param scale c_i = (d - k + 1)/‖(I - Q_iQ_i')ω_i‖²
 */
record LeftOut(RealVector direction, double along, RealVector spanned, double scale) {

  /** One for each test vector. */
  static List<LeftOut> of(RangeSketch sketch) {
    RealMatrix overlaps = sketch.overlaps();
    RealMatrix directions = sketch.leaveOneOutDirections();
    int dimension = sketch.dimension();
    List<LeftOut> all = new ArrayList<>();
    for (int i = 0; i < sketch.size(); i++) {
      RealVector s = directions.getColumnVector(i);
      RealVector w = overlaps.getColumnVector(i);
      double along = s.dotProduct(w);
      double rest = dimension - w.dotProduct(w) + along * along;
      double scale = (dimension - sketch.size() + 1.0) / rest;
      all.add(new LeftOut(s, along, w.subtract(s.mapMultiply(along)), scale));
    }
    return all;
  }

  /**
   * tr(Q_i'BQ_i) + c_i ω_i'(I - Q_iQ_i')B(I - Q_iQ_i')ω_i, whose mean over ω_i is tr B for whatever
   * self-adjoint B.
   *
   * @param form Q'BQ
   * @param outer ω_i'Bω_i - 2 x'Q'Bω_i
   */
  double trace(RealMatrix form, double outer) {
    double rest = outer + spanned.dotProduct(form.operate(spanned));
    return form.getTrace() - direction.dotProduct(form.operate(direction)) + scale * rest;
  }
}
