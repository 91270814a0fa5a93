package dev.terrain.curvature.sharpness;

import dev.terrain.surface.Weights;

/**
 * Lengths t_i &gt; 0 by which the components of a perturbation are measured: absolute (1, as θ
 * stands) or relative to the weights (|θ_i| + η), which with η = 0 makes a measure the same for
 * networks that differ by a rescaling of ReLU units only (Kwon et al. 2021, section 3).
 *
 * @param relative whether t_i = |θ_i| + η; else t_i = 1
 * @param eta η, at least 0
 */
public record Scales(boolean relative, double eta) {
  /** The η of Kwon et al. 2021, section 5.1. */
  public static final double DEFAULT_ETA = 0.01;

  /**
   * @throws IllegalArgumentException if η is negative
   */
  public Scales {
    if (!(eta >= 0)) {
      throw new IllegalArgumentException("eta (" + eta + ") must be at least 0");
    }
  }

  /** t_i = 1. */
  public static Scales absolute() {
    return new Scales(false, 0);
  }

  /** t_i = |θ_i| + η. */
  public static Scales relative(double eta) {
    return new Scales(true, eta);
  }

  /** t at these weights. */
  double[] at(Weights weights) {
    double[] scales = new double[weights.theta().length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = relative ? Math.abs(weights.theta()[i]) + eta : 1;
    }
    return scales;
  }

  /** diag(t) x in a new array. */
  static double[] multiplied(double[] scales, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = scales[i] * vector[i];
    }
    return product;
  }
}
