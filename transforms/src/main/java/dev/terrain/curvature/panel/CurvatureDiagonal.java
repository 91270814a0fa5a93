package dev.terrain.curvature.panel;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.trace.DiagonalEstimate;
import dev.terrain.curvature.trace.TestVectorRoom;
import dev.terrain.curvature.trace.XDiag;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;

/**
 * The diagonal of a curvature matrix by {@link XDiag}.
 *
 * @param entries its d entries
 * @param largest the largest of them. It has the largest standard error that an entry has, and it
 *     is too large on average, as it is chosen among entries with errors; it is as accurate as
 *     asked for if the root mean square standard error of all entries is that share of their root
 *     mean square
 * @param products products spent
 */
@SuppressWarnings("ArrayRecordComponent")
public record CurvatureDiagonal(double[] entries, CurvatureEstimate largest, long products) {

  /**
   * Measures the diagonal in {@code diagonal_products} products at most.
   *
   * @param id keys the random stream "diagonal test vector"
   * @throws IllegalArgumentException if products or memory are too few for three test vectors
   */
  public static CurvatureDiagonal measure(
      LinearOperator operator, CurvatureSettings settings, String id) {
    TestVectorRoom room =
        TestVectorRoom.of(settings, settings.getDiagonalProducts(), 2, operator.dimension());
    DiagonalEstimate estimate = new XDiag(room.plan()).estimate(operator, id);
    double largest = Arrays.stream(estimate.diagonal()).max().orElseThrow();
    String reason =
        estimate.stop() == ProbePlan.Stop.BUDGET_SPENT
            ? ("the root mean square standard error %.2g of the entries is above %.3g times their"
                    + " root mean square after %s")
                .formatted(
                    estimate.rootMeanSquareError(),
                    settings.getRelativeError(),
                    room.limit(estimate.products()))
            : null;
    CurvatureEstimate entry =
        new CurvatureEstimate(largest, estimate.largestError(), null, null, null, reason);
    return new CurvatureDiagonal(
        estimate.diagonal(),
        operator.flaw().map(entry::withReason).orElse(entry),
        estimate.products());
  }
}
