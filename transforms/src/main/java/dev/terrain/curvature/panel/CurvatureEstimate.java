package dev.terrain.curvature.panel;

import dev.terrain.statistics.CoverageFactor;
import org.jspecify.annotations.Nullable;

/**
 * One number about a curvature matrix, with its errors.
 *
 * @param value the estimate; null if there is none, with a reason
 * @param standardError standard error from the random probes; null if there are none, or too few.
 *     It and the next one are widened by the {@link CoverageFactor}: two cover the value in about
 *     95 of 100 cases
 * @param dataStandardError standard error from the sample of images, by the delete-one-batch
 *     jackknife: how far off images without end would be, also where all training images are used;
 *     null if it was not estimated
 * @param dataBias how far the sample overestimates the value on average; null if it was not
 *     estimated
 * @param residual bound on what the solver leaves open: ‖Au - θu‖ for an eigenpair; null if there
 *     is none
 * @param reason why there is no value, or why it is less accurate than asked for; null if neither
 */
public record CurvatureEstimate(
    @Nullable Double value,
    @Nullable Double standardError,
    @Nullable Double dataStandardError,
    @Nullable Double dataBias,
    @Nullable Double residual,
    @Nullable String reason) {

  /** Whether there is a value that is as accurate as asked for. */
  public boolean converged() {
    return reason == null;
  }

  /** The same, with a further reason why it is less accurate than asked for. */
  CurvatureEstimate withReason(String further) {
    return new CurvatureEstimate(
        value,
        standardError,
        dataStandardError,
        dataBias,
        residual,
        reason == null ? further : reason + "; " + further);
  }
}
