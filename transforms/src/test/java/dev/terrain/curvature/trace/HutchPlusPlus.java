package dev.terrain.curvature.trace;

import static dev.terrain.curvature.linear.OrthonormalBasis.dot;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.LinearOperator;
import java.util.List;

/**
 * The estimator that {@link XTrace} is measured against: tr(Q'AQ) for an orthonormal basis Q of the
 * images of a third of the vectors, and Hutchinson's estimate of the rest from another third
 * (Meyer, Musco, Musco and Woodruff, SOSA 2021, algorithm 1).
 */
final class HutchPlusPlus {
  private static final double DEPENDENT = 1e-13;

  private HutchPlusPlus() {}

  /**
   * @param products spent at most, a multiple of 3
   */
  static double estimate(LinearOperator operator, int products, String id) {
    int third = products / 3;
    int dimension = operator.dimension();
    OrthonormalBasis basis = new OrthonormalBasis();
    double trace = 0;
    for (double[] v : RandomVectors.spherical(id, "range", 0, third, dimension)) {
      double[] image = operator.apply(v);
      double before = OrthonormalBasis.norm(image);
      basis.orthogonalise(image);
      double rest = OrthonormalBasis.norm(image);
      if (rest > DEPENDENT * before) {
        basis.add(image, rest);
        trace += dot(basis.last(), operator.apply(basis.last()));
      }
    }
    for (double[] v : RandomVectors.spherical(id, "rest", 0, third, dimension)) {
      basis.orthogonalise(v);
      trace += dot(v, operator.apply(v)) / third;
    }
    return trace;
  }

  /** Hutchinson's estimator with vectors of the same kind. */
  static double hutchinson(LinearOperator operator, int products, String id) {
    return List.of(RandomVectors.spherical(id, "plain", 0, products, operator.dimension())).stream()
        .mapToDouble(v -> dot(v, operator.apply(v)) / products)
        .sum();
  }
}
