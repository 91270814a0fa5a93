package dev.terrain.curvature.forms;

import dev.terrain.statistics.BatchJackknife;

/**
 * What one probe v with E vv' = I and ‖v‖² = d tells of an operator A = Σ_b (n_b / n) A_b on R^d
 * and of the batches b of its sample: quadratic forms v'Fv, samples of tr F, of several matrices F.
 *
 * @param form v'Av, a sample of tr A
 * @param squaredNorm ‖Av‖², a sample of ‖A‖_F²
 * @param forms v'A_bv of each batch, samples of tr A_b
 * @param images (Av)'A_bv of each batch, samples of tr AA_b; empty where they are not known
 * @param spread Σ_b γ_b ‖(A_b - A)v‖² with the {@link BatchJackknife#biasWeights}, a sample of what
 *     the choice of the data adds to ‖A‖_F² on average
 */
@SuppressWarnings("ArrayRecordComponent")
public record ProbeForms(
    double form, double squaredNorm, double[] forms, double[] images, double spread) {
  /** The forms of A itself, where nothing is known of the batches. */
  public static ProbeForms of(double form, double squaredNorm) {
    return new ProbeForms(form, squaredNorm, new double[0], new double[0], 0);
  }

  /** The forms less others, of which the images count only if these have any. */
  public ProbeForms minus(ProbeForms other) {
    return new ProbeForms(
        form - other.form,
        squaredNorm - other.squaredNorm,
        difference(forms, other.forms),
        difference(images, other.images),
        spread - other.spread);
  }

  public ProbeForms plusSpread(double more) {
    return new ProbeForms(form, squaredNorm, forms, images, spread + more);
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }
}
