package dev.terrain.curvature.krylov;

import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import java.util.ArrayList;
import java.util.List;

/**
 * What one block Lanczos process found out about an operator A on R^d.
 *
 * @param upper pairs at the upper end of the spectrum, largest value first: as many as were wanted,
 *     or as the final space has if those are fewer
 * @param lower pairs at the lower end, smallest value first
 * @param starts what the space right before the first restart says of the start vectors
 * @param ritzValues all approximate eigenvalues of the final space, ascending
 * @param residuals residual norm of each of them, from the recurrence
 * @param eigenvalueErrors the errors that the data sample gives the eigenvalues
 * @param magnitude largest absolute Ritz value seen, which the tolerance is a share of
 * @param products products with A, those of the verification among them
 * @param restarts thick restarts
 * @param stop why the process ended
 */
@SuppressWarnings("ArrayRecordComponent")
public record BlockLanczosResult(
    List<Eigenpair> upper,
    List<Eigenpair> lower,
    StartMeasures starts,
    double[] ritzValues,
    double[] residuals,
    EigenvalueErrors eigenvalueErrors,
    double magnitude,
    long products,
    int restarts,
    Stop stop) {

  /**
   * The Gauss quadrature of each start vector, in their order: Σ_i w_i θ_i = v'Av / v'v and Σ_i w_i
   * θ_i² = ‖Av‖² / v'v but for rounding.
   */
  public List<Quadrature> quadratures() {
    return starts.quadratures();
  }

  /** The same, no pair converged. */
  public BlockLanczosResult doubted() {
    return new BlockLanczosResult(
        doubted(upper),
        doubted(lower),
        starts,
        ritzValues,
        residuals,
        eigenvalueErrors,
        magnitude,
        products,
        restarts,
        stop);
  }

  private static List<Eigenpair> doubted(List<Eigenpair> pairs) {
    return pairs.stream()
        .map(pair -> new Eigenpair(pair.value(), pair.vector(), pair.residual(), false))
        .toList();
  }

  /** The wanted pairs of both ends, each once, in ascending order of their values. */
  public List<Eigenpair> pairs() {
    List<Eigenpair> pairs = new ArrayList<>(lower);
    for (int i = upper.size() - 1; i >= 0; i--) {
      if (!pairs.contains(upper.get(i))) {
        pairs.add(upper.get(i));
      }
    }
    return pairs;
  }

  /** Why a Krylov process ended. */
  public enum Stop {
    /** All wanted pairs were within the tolerance on two checks in a row. */
    CONVERGED,
    /** The products that are left do not suffice for another block and the verification. */
    BUDGET_SPENT,
    /** The basis spans R^d: every Ritz pair is an eigenpair but for rounding. */
    SPACE_SPANNED
  }
}
