package dev.terrain.hessian;

import java.util.List;

/**
 * The standard errors that the choice of the data sample gives trace, Frobenius norm and effective
 * rank: delete-one-batch jackknives to first order in the batches, from the values that the single
 * batches b give, tr A_b and tr AA_b (of which tr A² is the weighted mean).
 *
 * @param traces tr A_b
 * @param squares tr AA_b
 * @param batchSizes n_b
 */
@SuppressWarnings("ArrayRecordComponent")
record SampleDataErrors(double[] traces, double[] squares, int[] batchSizes) {

  /**
   * Takes the batches' values from the forms of probes.
   *
   * @param forms v'A_bv of each probe
   * @param samples those of these probes, in the same order
   * @param startForms of the start probes of the Krylov process
   */
  static SampleDataErrors of(
      Outliers outliers,
      List<double[]> forms,
      List<ProbeSample> samples,
      List<SampleForms> startForms,
      int[] batchSizes) {
    double[][] images = startForms.stream().map(SampleForms::images).toArray(double[][]::new);
    double[][] scaled = new double[outliers.forms().length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = new double[batchSizes.length];
      double value = outliers.deflation().pairs().get(i).value();
      OrthonormalBasis.addMultiple(scaled[i], value, outliers.forms()[i]);
    }
    return new SampleDataErrors(
        BatchJackknife.deflatedTraces(
            forms.toArray(double[][]::new), samples.toArray(ProbeSample[]::new), outliers.forms()),
        BatchJackknife.deflatedTraces(
            images, outliers.samples().toArray(ProbeSample[]::new), scaled),
        batchSizes);
  }

  /** Of tr A; null with fewer than two batches, as all of these. */
  Double ofTrace() {
    return BatchJackknife.standardError(traces, batchSizes);
  }

  /** Of ‖A‖_F: the differential is d tr A² / (2 ‖A‖_F), and that of tr A² is 2 tr A dA. */
  Double ofNorm(double norm) {
    return norm > 0 ? ofCombination(0, 1 / norm) : ofCombination(0, 0);
  }

  /** Of r = (tr A)² / tr A²: dr = r (2 d tr A / tr A - d tr A² / tr A²). */
  Double ofRank(double rank, double trace, double norm) {
    return ofCombination(2 * trace / (norm * norm), -2 * rank / (norm * norm));
  }

  private Double ofCombination(double ofTrace, double ofSquare) {
    double[] values = new double[batchSizes.length];
    for (int b = 0; b < values.length; b++) {
      values[b] = ofTrace * traces[b] + ofSquare * squares[b];
    }
    return BatchJackknife.standardError(values, batchSizes);
  }
}
