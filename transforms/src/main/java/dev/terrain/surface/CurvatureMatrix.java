package dev.terrain.surface;

/**
 * Which d x d curvature of a mean loss L(θ) = (1/n) Σ_i ℓ(f_i(θ), y_i) a product is with. J_i =
 * ∂f_i/∂θ is the C x d Jacobian of the outputs f_i for image i, and the model's distribution of the
 * label is the one whose negative log-likelihood is ℓ up to a constant: soft-max for the
 * cross-entropy, N(f, ½ I) for the squared error.
 *
 * @param kind which of them
 * @param labelId keys the labels of {@link Kind#SAMPLED_FISHER}; else empty
 * @param draw which of several independent draws of them, at least 0; else 0
 */
public record CurvatureMatrix(Kind kind, String labelId, long draw) {

  /** The curvatures there are. */
  public enum Kind {
    /** ∇²L(θ), the second derivatives. */
    HESSIAN,
    /**
     * The generalized Gauss-Newton matrix (1/n) Σ_i J_i' ∇²_f ℓ(f_i, y_i) J_i (Schraudolph 2002):
     * the Hessian of the loss of the linearised network.
     */
    GAUSS_NEWTON,
    /**
     * The Fisher information (1/n) Σ_i E_y g_i(y) g_i(y)', g_i(y) = ∇_θ ℓ(f_i, y), y from the
     * model's distribution; equal to the Gauss-Newton matrix for the losses that are built in
     * (Martens 2020, section 9.2).
     */
    FISHER,
    /** The same with one label drawn from the model for each image in place of the expectation. */
    SAMPLED_FISHER,
    /**
     * The same with the labels of the data; not the Fisher information (Kunstner, Balles and Hennig
     * 2019).
     */
    EMPIRICAL_FISHER
  }

  /** ∇²L(θ). */
  public static CurvatureMatrix hessian() {
    return new CurvatureMatrix(Kind.HESSIAN, "", 0);
  }

  /** The generalized Gauss-Newton matrix. */
  public static CurvatureMatrix gaussNewton() {
    return new CurvatureMatrix(Kind.GAUSS_NEWTON, "", 0);
  }

  /** The Fisher information. */
  public static CurvatureMatrix fisher() {
    return new CurvatureMatrix(Kind.FISHER, "", 0);
  }

  /**
   * The Fisher information with drawn labels, an unbiased estimate of it. The label of the image at
   * position i of n comes from the stream ({@code id}, "fisher label", {@code draw} · n + i).
   */
  public static CurvatureMatrix sampledFisher(String id, long draw) {
    return new CurvatureMatrix(Kind.SAMPLED_FISHER, id, draw);
  }

  /** The empirical Fisher matrix. */
  public static CurvatureMatrix empiricalFisher() {
    return new CurvatureMatrix(Kind.EMPIRICAL_FISHER, "", 0);
  }
}
