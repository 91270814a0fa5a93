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

  /**
   * What {@link XTrace}'s leave-one-out value of test vector ω_i would be without ω_j: the basis
   * loses a second direction, u, orthogonal to that of ω_i, in the span of both. The products of
   * the form with all directions are computed once, so that a pair costs a few inner products.
   */
  static final class Pairs {
    private final int dimension;
    private final double trace;
    private final RealMatrix triangle;
    private final List<LeftOut> all;
    private final List<RealVector> images = new ArrayList<>();
    private final List<RealVector> spannedImages = new ArrayList<>();

    /**
     * @param all of the sketch's test vectors
     * @param form Q'AQ
     */
    Pairs(RangeSketch sketch, List<LeftOut> all, RealMatrix form) {
      dimension = sketch.dimension();
      trace = form.getTrace();
      triangle = sketch.triangle();
      this.all = all;
      for (LeftOut left : all) {
        images.add(form.operate(left.direction()));
        spannedImages.add(form.operate(left.spanned()));
      }
    }

    /** The value of ω_i with neither ω_i nor ω_j in the basis; i ≠ j. */
    double trace(int i, int j) {
      LeftOut left = all.get(i);
      RealVector s = left.direction();
      double overlap = s.dotProduct(all.get(j).direction());
      RealVector rest = all.get(j).direction().subtract(s.mapMultiply(overlap));
      double length = rest.getNorm();
      RealVector u = rest.mapDivide(length);
      RealVector image =
          images.get(j).subtract(images.get(i).mapMultiply(overlap)).mapDivide(length);
      RealVector r = triangle.getColumnVector(i);
      RealVector x = left.spanned();
      double along = u.dotProduct(x);
      double outer = left.along() * s.dotProduct(r) - x.dotProduct(r) + 2 * along * u.dotProduct(r);
      double inner =
          x.dotProduct(spannedImages.get(i))
              - 2 * along * u.dotProduct(spannedImages.get(i))
              + along * along * u.dotProduct(image);
      double squaredRest = (dimension - all.size() + 1.0) / left.scale() + along * along;
      double scale = (dimension - all.size() + 2.0) / squaredRest;
      return trace - s.dotProduct(images.get(i)) - u.dotProduct(image) + scale * (outer + inner);
    }
  }
}
