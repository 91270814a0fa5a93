package dev.terrain.curvature.trace;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * What {@link XTrace}'s leave-one-out value of test vector ω_i would be without ω_j: the basis
 * loses a second direction, u, orthogonal to that of ω_i, in the span of both. The products of the
 * form with all directions are computed once, so that a pair costs a few inner products.
 */
final class LeftTwoOut {
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
  LeftTwoOut(RangeSketch sketch, List<LeftOut> all, RealMatrix form) {
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
    RealVector image = images.get(j).subtract(images.get(i).mapMultiply(overlap)).mapDivide(length);
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
