package dev.terrain.hessian;

/**
 * The standard error that the choice of the data sample gives a value linear in the operator A =
 * Σ_b (n_b/n) A_b of B batches of n_b examples: delete-one-batch jackknife of the mean q̄ = Σ_b
 * (n_b/n) q_b of the values q_b that the single batches give,
 *
 * <pre>
 *   se² = (1/B) Σ_b n_b/(n - n_b) (q_b - q̄)²,
 * </pre>
 *
 * <p>which allows for uneven batches (Busing, Meijer and van der Leeden: Delete-m jackknife for
 * unequal m, Statistics and Computing 9, 1999, equation 3).
 *
 * <p>Where q_b is itself estimated from random probes, part of what se measures is their noise in
 * the differences A_b - A; it goes down with the number of probes and with deflation, so se errs on
 * the large side.
 */
public final class BatchJackknife {
  private BatchJackknife() {}

  /**
   * The standard error of the mean of the batches' values.
   *
   * @param values q_b of each batch
   * @param sizes n_b of each batch, at least 1
   * @return null with fewer than two batches
   * @throws IllegalArgumentException if the lengths differ
   */
  public static Double standardError(double[] values, int[] sizes) {
    requireLength("values", values.length, sizes.length);
    if (sizes.length < 2) {
      return null;
    }
    double examples = 0;
    double mean = 0;
    for (int b = 0; b < sizes.length; b++) {
      examples += sizes[b];
      mean += sizes[b] * values[b];
    }
    mean /= examples;
    double variance = 0;
    for (int b = 0; b < sizes.length; b++) {
      double deviation = values[b] - mean;
      variance += sizes[b] / (examples - sizes[b]) * deviation * deviation;
    }
    return Math.sqrt(variance / sizes.length);
  }

  /**
   * The traces of the single batches by Hutchinson's estimator.
   *
   * @param forms v'A_b v, by probe v and then by batch b; at least one probe
   * @return the mean over the probes for each batch
   */
  public static double[] traces(double[][] forms) {
    double[] means = new double[forms[0].length];
    for (double[] ofProbe : forms) {
      requireLength("forms of a probe", ofProbe.length, means.length);
      for (int b = 0; b < means.length; b++) {
        means[b] += ofProbe[b] / forms.length;
      }
    }
    return means;
  }

  /**
   * The traces of the single batches by the deflated estimator: the mean over the probes v of v'A_b
   * v - Σ_i q_i'A_b q_i ((q_i'v)² - 1).
   *
   * @param forms v'A_b v, by probe and then by batch; at least one probe
   * @param samples the probes' samples, which hold the (q_i'v)²
   * @param outlierForms q_i'A_b q_i, by deflated vector and then by batch
   * @throws IllegalArgumentException if the lengths do not fit one another
   */
  public static double[] deflatedTraces(
      double[][] forms, ProbeSample[] samples, double[][] outlierForms) {
    requireLength("samples", samples.length, forms.length);
    double[] traces = traces(forms);
    for (ProbeSample sample : samples) {
      requireLength("squared overlaps", sample.squaredOverlaps().length, outlierForms.length);
      for (int i = 0; i < outlierForms.length; i++) {
        requireLength("forms of an outlier", outlierForms[i].length, traces.length);
        double excess = (sample.squaredOverlaps()[i] - 1) / samples.length;
        OrthonormalBasis.addMultiple(traces, -excess, outlierForms[i]);
      }
    }
    return traces;
  }

  private static void requireLength(String name, int length, int required) {
    if (length != required) {
      throw new IllegalArgumentException(
          "number of " + name + " (" + length + ") must be " + required);
    }
  }
}
