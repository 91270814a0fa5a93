package dev.terrain.curvature.forms;

import dev.terrain.curvature.linear.OrthonormalBasis;

/**
 * A whole Krylov space, taken out of the forms of probes that are independent of it: of all the
 * matrices behind {@link ProbeForms} the part within the space has its exact trace, and only what
 * is left adds to the variance.
 *
 * <p>Memory: the basis of the space.
 */
public final class SpaceDeflation {
  private final OrthonormalBasis basis;
  private final SpaceForms forms;
  private final double[][] ritzVectors;

  /**
   * @param basis the Ritz vectors
   * @param forms in the coordinates of the basis before
   * @param ritzVectors the Ritz vectors in these coordinates, one a column
   */
  public SpaceDeflation(OrthonormalBasis basis, SpaceForms forms, double[][] ritzVectors) {
    this.basis = basis;
    this.forms = forms;
    this.ritzVectors = ritzVectors;
  }

  /**
   * The deflated forms of a probe.
   *
   * @param probe of another stream than the space's start vectors
   * @param plain its forms
   */
  public ProbeForms deflated(double[] probe, ProbeForms plain) {
    double[][] products = basis.innerProducts(new double[][] {probe});
    double[] coefficients = new double[products.length];
    for (int k = 0; k < coefficients.length; k++) {
      for (int i = 0; i < products.length; i++) {
        coefficients[k] += ritzVectors[k][i] * products[i][0];
      }
    }
    return plain.minus(forms.of(SpaceForms.excess(ritzVectors, coefficients)));
  }
}
