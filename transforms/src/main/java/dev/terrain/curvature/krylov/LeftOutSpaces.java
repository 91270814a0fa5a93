package dev.terrain.curvature.krylov;

import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.forms.SpaceForms;
import dev.terrain.curvature.linear.Compression;
import dev.terrain.curvature.linear.DenseEigenpairs;
import dev.terrain.curvature.linear.OrthonormalBasis;
import java.util.ArrayList;
import java.util.List;

/**
 * For each start probe v_j of a block Krylov process the Krylov space of the other ones, a subspace
 * of the process's own that does not depend on v_j, and with it the deflated forms of v_j.
 *
 * <p>A space that was grown from a probe must not be taken out of its forms: it bends towards the
 * probe, and the form would be biased by that. With the space of the others the forms are unbiased
 * exactly, whatever has converged, and no multiplicity of an eigenvalue can hide. It costs no
 * product, since in coordinates of the process's basis it is the Krylov space of the compression T:
 * for a process of s blocks, T^k c is the image A^k v for k &lt; s.
 *
 * <p>The idea of leaving out one vector at a time is that of XTrace (Epperly, Tropp and Webber
 * 2024); as there, the samples share most of their spaces, and their spread is slightly too small a
 * measure of the error of their mean.
 */
final class LeftOutSpaces {
  /** A vector of which no more than this share is new is dependent. */
  private static final double DEPENDENT = 1e-10;

  private final SpaceForms forms;
  private final List<double[]> starts;
  private final int steps;

  /**
   * @param forms of the space before any restart
   * @param starts coefficients of the start probes
   * @param steps blocks of each space: one fewer than the process has, so that its image under A
   *     still lies in the process's space
   */
  LeftOutSpaces(SpaceForms forms, List<double[]> starts, int steps) {
    this.forms = forms;
    this.starts = starts;
    this.steps = steps;
  }

  /**
   * The deflated forms of a start probe, but for {@link ProbeForms#spread}, which is less by what
   * the probe itself gives.
   */
  ProbeForms deflated(int probe) {
    List<double[]> others = new ArrayList<>(starts);
    double[] left = others.remove(probe);
    if (others.isEmpty()) {
      return forms.of(square(left));
    }
    return forms.of(square(left)).minus(forms.of(SpaceForms.excess(ritzVectors(others), left)));
  }

  static double[][] square(double[] c) {
    double[][] square = new double[c.length][c.length];
    for (int i = 0; i < c.length; i++) {
      OrthonormalBasis.addMultiple(square[i], c[i], c);
    }
    return square;
  }

  /** The Ritz vectors of T in the Krylov space of the given vectors, one a column. */
  private double[][] ritzVectors(List<double[]> vectors) {
    OrthonormalBasis basis = new OrthonormalBasis();
    List<double[]> last = vectors;
    for (int step = 0; step < steps; step++) {
      List<double[]> next = new ArrayList<>();
      for (double[] vector : last) {
        double[] rest = vector.clone();
        double before = OrthonormalBasis.norm(rest);
        basis.orthogonalise(rest);
        double after = OrthonormalBasis.norm(rest);
        if (after > DEPENDENT * before && basis.size() < rest.length) {
          basis.add(rest, after);
          next.add(multiply(basis.last()));
        }
      }
      last = next;
    }
    int size = forms.whole().length;
    double[][] columns = new double[size][basis.size()];
    double[][] vectorsOfBasis = basis.vectors();
    double[][] products = new double[vectorsOfBasis.length][vectorsOfBasis.length];
    for (int i = 0; i < products.length; i++) {
      double[] image = multiply(vectorsOfBasis[i]);
      for (int j = 0; j < products.length; j++) {
        products[j][i] = OrthonormalBasis.dot(vectorsOfBasis[j], image);
      }
    }
    Compression compression = new Compression();
    compression.extend(products);
    double[][] ritz = DenseEigenpairs.of(compression.entries()).vectors();
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < ritz.length; i++) {
        OrthonormalBasis.addMultiple(columns[k], vectorsOfBasis[i][k], ritz[i]);
      }
    }
    return columns;
  }

  private double[] multiply(double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = OrthonormalBasis.dot(forms.whole()[i], vector);
    }
    return product;
  }
}
