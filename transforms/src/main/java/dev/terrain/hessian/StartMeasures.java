package dev.terrain.hessian;

import java.util.List;

/**
 * What a block Krylov space that was not restarted yet says of its start vectors.
 *
 * @param quadratures the Gauss quadrature of each, in their order
 * @param forms the forms of each, deflated by the Krylov space of the others; samples of traces
 *     where the vectors are random probes of the length √d. They are exact if the space has two
 *     blocks or is all of R^d
 * @param negativeMassError the standard error that the choice of the data sample gives the share of
 *     negative eigenvalues in the quadratures' mean; null with fewer than two batches
 */
public record StartMeasures(
    List<Quadrature> quadratures, List<ProbeForms> forms, Double negativeMassError) {

  static StartMeasures of(KrylovSpace space, RitzDecomposition ritz) {
    List<Quadrature> quadratures = space.quadratures(ritz);
    return new StartMeasures(
        quadratures, space.startForms(ritz), space.negativeMassError(quadratures));
  }
}
