package dev.terrain.taxonomy.ruggedness;

import java.util.List;

/**
 * The loss L_T(x) = E L(x + √T ξ), ξ standard normal, of a walker that the noise of its steps
 * spreads about x with variance T, on the landscape L(x) = x²/2 + r Σ_k a_k (1 + cos(w_k x + φ_k)).
 *
 * <p>The Gaussian smoothing has the closed form L_T(x) = x²/2 + T/2 + r Σ_k a_k (1 + d_k cos(w_k x
 * + φ_k)) with d_k = exp(-w_k² T/2): the noise adds its own energy T/2 and damps each ripple. L is
 * the case T = 0, and never below 0.
 *
 * <p>T is the variance at which Langevin dynamics of temperature T keeps a walker in the parabola.
 * L_T(x) less the entropy T/2 ln(2πeT) is the free energy of the density N(x, T) at that
 * temperature: an upper bound of the true one, -T ln ∫ exp(-L/T) (Gibbs, Bogoliubov), which is
 * closest at the lowest minimum of L_T.
 */
public final class EffectiveLandscape {
  private final double ruggedness;
  private final double temperature;
  private final double[] frequencies;
  private final double[] phases;

  /** r a_k. */
  private final double[] amplitudes;

  /** r a_k d_k. */
  private final double[] damped;

  /**
   * @param ripples a_k, w_k, φ_k
   * @param ruggedness r, at least 0: what the load sets
   * @param temperature T, at least 0
   * @throws IllegalArgumentException if ruggedness or temperature is negative or not finite
   */
  public EffectiveLandscape(List<Ripple> ripples, double ruggedness, double temperature) {
    if (!(ruggedness >= 0 && temperature >= 0) || !Double.isFinite(ruggedness + temperature)) {
      throw new IllegalArgumentException(
          "ruggedness (%s) and temperature (%s) must be at least 0 and finite"
              .formatted(ruggedness, temperature));
    }
    this.ruggedness = ruggedness;
    this.temperature = temperature;
    int count = ripples.size();
    frequencies = new double[count];
    phases = new double[count];
    amplitudes = new double[count];
    damped = new double[count];
    for (int k = 0; k < count; k++) {
      Ripple ripple = ripples.get(k);
      frequencies[k] = ripple.frequency();
      phases[k] = ripple.phase();
      amplitudes[k] = ruggedness * ripple.amplitude();
      damped[k] =
          amplitudes[k] * Math.exp(-ripple.frequency() * ripple.frequency() * temperature / 2);
    }
  }

  /** r. */
  public double ruggedness() {
    return ruggedness;
  }

  /** T. */
  public double temperature() {
    return temperature;
  }

  /** L_T(x). */
  public double value(double x) {
    double sum = x * x / 2 + temperature / 2;
    for (int k = 0; k < damped.length; k++) {
      sum += amplitudes[k] + damped[k] * Math.cos(frequencies[k] * x + phases[k]);
    }
    return sum;
  }

  /** L_T'(x). */
  public double slope(double x) {
    double sum = x;
    for (int k = 0; k < damped.length; k++) {
      sum -= damped[k] * frequencies[k] * Math.sin(frequencies[k] * x + phases[k]);
    }
    return sum;
  }

  /** L_T''(x). */
  public double curvature(double x) {
    double sum = 1;
    for (int k = 0; k < damped.length; k++) {
      sum -= damped[k] * frequencies[k] * frequencies[k] * Math.cos(frequencies[k] * x + phases[k]);
    }
    return sum;
  }

  /** r Σ a_k: the mean of the ruggedness over all x, at any temperature. */
  public double meanRuggedness() {
    double sum = 0;
    for (double amplitude : amplitudes) {
      sum += amplitude;
    }
    return sum;
  }

  /**
   * r Σ a_k w_kⁿ d_k, the least upper bound of the n-th derivative of the ripples; for n = 0, of
   * their departure from {@link #meanRuggedness()}.
   *
   * @param order n, at least 0
   */
  public double rippleBound(int order) {
    double sum = 0;
    for (int k = 0; k < damped.length; k++) {
      sum += damped[k] * Math.pow(frequencies[k], order);
    }
    return sum;
  }
}
