package dev.terrain.curvature.krylov;

import dev.terrain.curvature.forms.SpaceDeflation;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Eigenpairs at both ends of the spectrum of a self-adjoint operator A on R^d from one Krylov
 * space, by the block Lanczos process (Golub and Underwood 1977) with full two-pass
 * re-orthogonalisation (Giraud, Langou and Rozložník 2005) and thick restart (Wu and Simon, SIAM J.
 * Matrix Anal. Appl. 22(2), 2000, section 2; Stewart's Krylov-Schur method, 2001).
 *
 * <p>The space is grown from given vectors, of which each gets its Gauss quadrature on the way. A
 * dependent column of a block is replaced by a random vector orthogonal to all before, so that
 * eigenvalues of a multiplicity beyond the block size are found as well. Where the basis is full,
 * the wanted Ritz vectors and some of their neighbours are kept and the process goes on from them.
 *
 * <p>A pair (θ, u) is converged when ‖Au - θu‖ is at most {@code tolerance} · max|θ_i| over all
 * Ritz values seen. That bounds the distance to <em>some</em> eigenvalue, and a Ritz value that
 * rests for a step on a lower one would pass; so the process stops when all wanted pairs are
 * converged on two checks in a row, one check a block, and counts anew after a random vector
 * entered. It also stops when the budget is spent or R^d is spanned. No residual can rule out an
 * eigenvalue whose eigenvectors the start vectors hardly touch.
 *
 * <p>Memory: at most {@code maxBasis} + p vectors of d float64 for blocks of p, 8 d (maxBasis + p)
 * bytes, besides the start vectors and what a product needs; the Ritz vectors take the place of the
 * basis. For B batches 8 B maxBasis² bytes more, and for each product as many inner products a
 * batch as the basis has vectors.
 */
public final class BlockLanczos {
  private static final int CHECKS = 2;

  private final BlockLanczosSettings settings;

  public BlockLanczos(BlockLanczosSettings settings) {
    this.settings = settings;
  }

  /**
   * Runs the process.
   *
   * @param start p vectors of length d, none of them zero; they may be dependent and are not
   *     changed
   * @param random source of the vectors that replace dependent ones
   * @throws IllegalArgumentException if a start vector has another length or no finite norm above
   *     0, or if {@code maxBasis} or {@code maxProducts} is too small for such a block
   * @throws ArithmeticException if a product is not finite
   */
  public Outcome run(LinearOperator operator, double[][] start, CounterRandom random) {
    check(operator.dimension(), start);
    KrylovSpace space = new KrylovSpace(operator, start, random);
    StartMeasures starts = null;
    double magnitude = 0;
    int restarts = 0;
    int held = 0;
    boolean refilled = space.refilled();
    while (true) {
      space.expand();
      RitzDecomposition ritz = space.ritz();
      magnitude = Math.max(magnitude, ritz.magnitude());
      double threshold = threshold(operator.dimension(), magnitude);
      boolean anew = space.refilled() && !refilled;
      refilled = space.refilled();
      held = anew || !converged(ritz, operator.dimension(), threshold) ? 0 : held + 1;
      BlockLanczosResult.Stop stop = stop(space, held, operator.dimension());
      boolean full = space.size() + space.nextSize() > settings.maxBasis();
      if (starts == null && (stop != null || full)) {
        starts = StartMeasures.of(space, ritz);
      }
      if (stop != null) {
        return result(
            operator, space, ritz, Objects.requireNonNull(starts), magnitude, restarts, stop);
      }
      if (full) {
        space.restart(ritz.columns(kept(ritz.size(), start.length)));
        restarts++;
      }
    }
  }

  private void check(int dimension, double[][] start) {
    for (int j = 0; j < start.length; j++) {
      double norm = start[j].length == dimension ? OrthonormalBasis.norm(start[j]) : 0;
      if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "start vector "
                + j
                + " has length "
                + start[j].length
                + " and norm "
                + OrthonormalBasis.norm(start[j])
                + "; the length must be "
                + dimension
                + " and the norm finite and above 0");
      }
    }
    int needed = settings.wanted() + 2 * start.length;
    if (start.length < 1 || settings.maxBasis() < needed) {
      throw new IllegalArgumentException(
          "maxBasis ("
              + settings.maxBasis()
              + ") must be at least "
              + needed
              + " for "
              + settings.wanted()
              + " pairs from "
              + start.length
              + " start vectors, of which there must be at least 1");
    }
    int least = Math.min(start.length, dimension) + verification(dimension);
    if (settings.maxProducts() < least) {
      throw new IllegalArgumentException(
          "maxProducts ("
              + settings.maxProducts()
              + ") must be at least "
              + least
              + ", one block and the verification of the wanted pairs");
    }
  }

  private int verification(int dimension) {
    return settings.verify() ? Math.min(settings.wanted(), dimension) : 0;
  }

  private double threshold(int dimension, double magnitude) {
    double rounding = 10 * Math.ulp(1.0) * Math.sqrt(dimension);
    return Math.max(settings.tolerance(), rounding) * magnitude;
  }

  private boolean converged(RitzDecomposition ritz, int dimension, double threshold) {
    return ritz.size() >= Math.min(settings.wanted(), dimension)
        && IntStream.of(wanted(ritz.size())).allMatch(i -> ritz.residuals()[i] <= threshold);
  }

  private BlockLanczosResult.@Nullable Stop stop(KrylovSpace space, int held, int dimension) {
    if (space.nextSize() == 0) {
      return BlockLanczosResult.Stop.SPACE_SPANNED;
    }
    if (held >= CHECKS && space.products() >= settings.minProducts()) {
      return BlockLanczosResult.Stop.CONVERGED;
    }
    long left = settings.maxProducts() - verification(dimension) - space.products();
    return space.nextSize() > left ? BlockLanczosResult.Stop.BUDGET_SPENT : null;
  }

  /** The numbers of the wanted pairs among {@code size}, ascending. */
  private int[] wanted(int size) {
    return ends(size, settings.lower(), settings.upper());
  }

  /** The wanted pairs and a third of what the basis has room for beyond them, at the same ends. */
  private int[] kept(int size, int blockSize) {
    int wanted = settings.wanted();
    int extra =
        Math.min((settings.maxBasis() - wanted + 2) / 3, settings.maxBasis() - blockSize - wanted);
    int extraLower = extra * settings.lower() / wanted;
    return ends(size, settings.lower() + extraLower, settings.upper() + extra - extraLower);
  }

  private static int[] ends(int size, int lower, int upper) {
    return IntStream.range(0, size).filter(i -> i < lower || i >= size - upper).toArray();
  }

  private Outcome result(
      LinearOperator operator,
      KrylovSpace space,
      RitzDecomposition ritz,
      StartMeasures starts,
      double magnitude,
      int restarts,
      BlockLanczosResult.Stop stop) {
    int[] wanted = wanted(ritz.size());
    double[] values = IntStream.of(wanted).mapToDouble(i -> ritz.values()[i]).toArray();
    double[] residuals = IntStream.of(wanted).mapToDouble(i -> ritz.residuals()[i]).toArray();
    double[][] ritzVectors = space.finish(ritz.vectors());
    double[][] vectors =
        IntStream.of(wanted).mapToObj(i -> ritzVectors[i]).toArray(double[][]::new);
    int[] verified = settings.verify() ? wanted : new int[0];
    double[][] batchSquares = {};
    if (settings.verify()) {
      Verification verification =
          Verification.of(operator, values, vectors, starts.quadratures().size());
      residuals = verification.residuals();
      batchSquares = verification.batchSquares();
    }
    EigenvalueErrors eigenvalueErrors =
        EigenvalueErrors.of(space, ritz, verified, batchSquares, starts.quadratures());
    double threshold = threshold(operator.dimension(), magnitude);
    List<Eigenpair> pairs = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      pairs.add(new Eigenpair(values[i], vectors[i], residuals[i], residuals[i] <= threshold));
    }
    List<Eigenpair> lower =
        List.copyOf(pairs.subList(0, Math.min(settings.lower(), wanted.length)));
    Collections.reverse(pairs);
    List<Eigenpair> upper =
        List.copyOf(pairs.subList(0, Math.min(settings.upper(), wanted.length)));
    BlockLanczosResult result =
        new BlockLanczosResult(
            upper,
            lower,
            starts,
            ritz.values(),
            ritz.residuals(),
            eigenvalueErrors,
            magnitude,
            space.products() + verified.length,
            restarts,
            stop);
    return new Outcome(result, space.deflation(ritz));
  }

  /**
   * A finished block Lanczos process together with its space, which holds all vectors of the basis.
   *
   * @param result what it found out
   * @param deflation its last space
   */
  public record Outcome(BlockLanczosResult result, SpaceDeflation deflation) {}
}
