package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;

/**
 * The curvature S = ∇²_f ℓ(f, y) of a loss with respect to the C outputs of one image, where it
 * does not depend on the label.
 */
public enum OutputCurvature {
  /** Of the cross-entropy: diag p − pp', p = softmax(f). */
  SOFTMAX {
    /** Σ_s p_s ‖w_s − Σ_s p_s w_s‖², which is Σ_s p_s G_ss − p'Gp. */
    @Override
    double contract(double[] rows, double[] outputs) {
      double[] p = softmax(outputs);
      int inputs = rows.length / p.length;
      double[] mean = new double[inputs];
      for (int s = 0; s < p.length; s++) {
        for (int j = 0; j < inputs; j++) {
          mean[j] += p[s] * rows[s * inputs + j];
        }
      }
      double variance = 0;
      for (int s = 0; s < p.length; s++) {
        for (int j = 0; j < inputs; j++) {
          double deviation = rows[s * inputs + j] - mean[j];
          variance += p[s] * deviation * deviation;
        }
      }
      return variance;
    }
  },

  /** Of the squared error ‖f − e_y‖²: 2 I. */
  TWICE_IDENTITY {
    @Override
    double contract(double[] rows, double[] outputs) {
      return 2 * OrthonormalBasis.dot(rows, rows);
    }
  };

  /**
   * Σ_{s,s'} S_{s,s'} ⟨w_s, w_s'⟩.
   *
   * @param rows the C rows w_s one after the other
   * @param outputs f
   */
  abstract double contract(double[] rows, double[] outputs);

  private static double[] softmax(double[] outputs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double output : outputs) {
      largest = Math.max(largest, output);
    }
    double[] p = new double[outputs.length];
    double sum = 0;
    for (int s = 0; s < p.length; s++) {
      p[s] = Math.exp(outputs[s] - largest);
      sum += p[s];
    }
    for (int s = 0; s < p.length; s++) {
      p[s] /= sum;
    }
    return p;
  }
}
