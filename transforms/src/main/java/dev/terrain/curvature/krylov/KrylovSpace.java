package dev.terrain.curvature.krylov;

import dev.terrain.curvature.forms.SpaceDeflation;
import dev.terrain.curvature.forms.SpaceForms;
import dev.terrain.curvature.linear.Compression;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;

/**
 * A growing block Krylov space of a self-adjoint operator A: an orthonormal basis Q, the
 * compression T = Q'AQ, the next block X and its coupling S with A Q = Q T + X S.
 *
 * <p>A step multiplies X, takes it into the basis and makes what is new in A X the next block. Two
 * passes of classical Gram-Schmidt remove the basis; within the block each column is reduced again,
 * basis and all, while cancellation takes more than half of it. A column is dependent if at most 10
 * ε √d max|T| remains of it; then a random vector orthogonal to everything takes its place, with
 * zero coupling.
 */
final class KrylovSpace {
  private final LinearOperator operator;
  private final CounterRandom random;
  private final int width;
  private final OrthonormalBasis basis = new OrthonormalBasis();
  private final Compression whole = new Compression();
  private final BatchCompressions batches;
  private final double[][] startCoefficients;
  private double[][] next = {};
  private double[][] coupling = {};
  private boolean refilled;
  private double magnitude;
  private int blocks;
  private long products;

  /**
   * @param start the vectors that span the first block; they are not changed
   * @param random source of the vectors that replace dependent ones
   */
  KrylovSpace(LinearOperator operator, double[][] start, CounterRandom random) {
    this.operator = operator;
    this.random = random;
    width = start.length;
    batches = new BatchCompressions(operator);
    double[][] block = new double[width][];
    double scale = 0;
    for (int j = 0; j < width; j++) {
      block[j] = start[j].clone();
      scale = Math.max(scale, OrthonormalBasis.norm(block[j]));
    }
    startCoefficients = orthonormalise(block, scale);
  }

  /** Multiplies the next block, which must have a vector, and takes it into the basis. */
  void expand() {
    int before = basis.size();
    double[][] block = next;
    blocks++;
    basis.addAll(List.of(block));
    double[][] rest = multiply(block);
    double[][] inner = basis.innerProducts(rest);
    // Coupling that vanishes in exact arithmetic is left out: T stays what the recurrence says.
    double[][] border = new double[basis.size()][block.length];
    for (int j = 0; j < block.length; j++) {
      for (int i = 0; i < basis.size(); i++) {
        border[i][j] = i < before ? coupling[j][i] : inner[i][j];
        magnitude = Math.max(magnitude, Math.abs(border[i][j]));
      }
    }
    whole.extend(border);
    basis.subtract(rest, inner);
    basis.subtract(rest, basis.innerProducts(rest));
    double[][] r = orthonormalise(rest, magnitude);
    coupling = new double[next.length][basis.size()];
    for (int i = 0; i < next.length; i++) {
      System.arraycopy(r[i], 0, coupling[i], before, block.length);
    }
  }

  private double[][] multiply(double[][] block) {
    products += block.length;
    double[][] result = batches.multiply(operator, block, basis);
    for (double[] product : result) {
      double norm = OrthonormalBasis.norm(product);
      if (!Double.isFinite(norm)) {
        throw new ArithmeticException(
            "the norm of one of the first "
                + products
                + " products is "
                + norm
                + "; it must be finite");
      }
    }
    return result;
  }

  /**
   * Makes {@code block}, orthogonal to the basis, the next block: orthonormal vectors X, as many as
   * the space has room for.
   *
   * @return R with block = X R: a row for each vector of X, a column for each of the block
   */
  private double[][] orthonormalise(double[][] block, double scale) {
    int room = Math.min(width, operator.dimension() - basis.size());
    double negligible = 10 * Math.ulp(1.0) * Math.sqrt(operator.dimension()) * scale;
    double[][] r = new double[room][block.length];
    List<double[]> accepted = new ArrayList<>();
    for (int j = 0; j < block.length; j++) {
      double[] coefficients = reduce(block[j], accepted, negligible);
      for (int i = 0; i < accepted.size(); i++) {
        r[i][j] = coefficients[i];
      }
      double rest = coefficients[accepted.size()];
      if (rest > 0 && accepted.size() < room) {
        r[accepted.size()][j] = rest;
        accepted.add(scaled(block[j], rest));
      }
    }
    refilled = accepted.size() < room;
    while (accepted.size() < room) {
      double[] vector = new double[operator.dimension()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = random.nextGaussian();
      }
      basis.orthogonalise(vector);
      double[] coefficients = reduce(vector, accepted, 0);
      accepted.add(scaled(vector, coefficients[accepted.size()]));
    }
    next = accepted.toArray(double[][]::new);
    return r;
  }

  /**
   * Removes the accepted vectors from {@code w}, in place.
   *
   * @return what was removed of each, and the norm of the rest; 0 if that is negligible
   */
  private double[] reduce(double[] w, List<double[]> accepted, double negligible) {
    double[] coefficients = new double[accepted.size() + 1];
    double before = OrthonormalBasis.norm(w);
    while (before > negligible) {
      for (int i = 0; i < accepted.size(); i++) {
        double coefficient = OrthonormalBasis.dot(accepted.get(i), w);
        coefficients[i] += coefficient;
        OrthonormalBasis.addMultiple(w, -coefficient, accepted.get(i));
      }
      double after = OrthonormalBasis.norm(w);
      if (after > 0.5 * before) {
        coefficients[accepted.size()] = after > negligible ? after : 0;
        break;
      }
      // The smaller the rest, the larger the share of rounding along the basis in it.
      basis.orthogonalise(w);
      before = OrthonormalBasis.norm(w);
    }
    return coefficients;
  }

  private static double[] scaled(double[] w, double norm) {
    for (int i = 0; i < w.length; i++) {
      w[i] /= norm;
    }
    return w;
  }

  /** The Ritz pairs of the space. */
  RitzDecomposition ritz() {
    return RitzDecomposition.of(whole.entries(), coupling);
  }

  /** The quadrature of each start vector; only before the first restart. */
  List<Quadrature> quadratures(RitzDecomposition ritz) {
    List<Quadrature> quadratures = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      quadratures.add(ritz.quadrature(startCoefficients(j, startCoefficients.length)));
    }
    return List.copyOf(quadratures);
  }

  /** The coefficients of each start vector in the basis; only before the first restart. */
  List<double[]> starts() {
    List<double[]> starts = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      starts.add(startCoefficients(j, size()));
    }
    return starts;
  }

  /** The compressions of all that a probe's forms are asked for. */
  SpaceForms forms() {
    return batches.forms(whole.entries(), coupling);
  }

  /** The compressions of the sample's batches. */
  BatchCompressions batches() {
    return batches;
  }

  /** The compression of A. */
  Compression whole() {
    return whole;
  }

  /** Steps taken. */
  int blocks() {
    return blocks;
  }

  private double[] startCoefficients(int vector, int length) {
    double[] coefficients = new double[length];
    for (int i = 0; i < startCoefficients.length; i++) {
      coefficients[i] = startCoefficients[i][vector];
    }
    return coefficients;
  }

  /** Keeps the span of some Ritz vectors only; with the next block it is still a Krylov space. */
  void restart(double[][] ritzVectors) {
    basis.rotate(ritzVectors);
    whole.rotate(ritzVectors);
    batches.rotate(ritzVectors);
    for (int i = 0; i < coupling.length; i++) {
      coupling[i] = new Array2DRowRealMatrix(ritzVectors, false).preMultiply(coupling[i]);
    }
  }

  /** Ends the process and puts the Ritz vectors in the place of the basis, one a Ritz value. */
  double[][] finish(double[][] ritzVectors) {
    basis.rotate(ritzVectors);
    next = new double[0][];
    return basis.vectors();
  }

  /** The space of a finished process, to be taken out of the forms of further probes. */
  SpaceDeflation deflation(RitzDecomposition ritz) {
    return new SpaceDeflation(basis, forms(), ritz.vectors());
  }

  /** Vectors in the basis. */
  int size() {
    return basis.size();
  }

  /** Vectors in the next block; 0 once the basis spans R^d. */
  int nextSize() {
    return next.length;
  }

  /** Whether the next block has a random vector. */
  boolean refilled() {
    return refilled;
  }

  /** Products spent. */
  long products() {
    return products;
  }
}
