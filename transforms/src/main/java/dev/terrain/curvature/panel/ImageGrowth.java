package dev.terrain.curvature.panel;

import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.v1.CurvatureSettings;
import java.util.function.IntFunction;

/**
 * Measures a {@link CurvaturePanel}, or the {@link CurvatureTrace} alone, on a sample of images
 * that is doubled while the sample is what limits the accuracy.
 *
 * <p>The rule: the sample is doubled if the data error of top eigenvalue or trace (the larger of
 * standard error and bias towards the training images, as a share of the value; see {@link
 * ImageLimit}) is above {@code relative_error} while the trace's probes and the top pair, where
 * there is one, have reached their own accuracy; if there are more images, up to {@code
 * max_examples}; and if at least as many products are left as the last sample took. Errors of the
 * sample fall with the root of its size, so a data error of twice what is asked for takes two
 * doublings. All is then measured anew: nothing of a smaller sample enters it but its products,
 * which are counted.
 *
 * @param measure what was measured last; values for which its sample is still too small are not
 *     converged, with a reason
 * @param examples images that it was measured on
 * @param products products spent in all, on smaller samples too
 */
public record ImageGrowth<M extends ImageGrowth.Measure<M>>(
    M measure, int examples, long products) {

  /** Measures on one sample. */
  @FunctionalInterface
  private interface Measurer<M> {
    M measure(LinearOperator operator, int maxProducts);
  }

  /**
   * Measures a panel.
   *
   * @param operators the operator over a sample of the given number of images
   * @param available training images there are
   * @param id as in {@link CurvaturePanel#measure}
   */
  public static ImageGrowth<CurvaturePanel> ofPanel(
      IntFunction<LinearOperator> operators, int available, CurvatureSettings settings, String id) {
    return measure(
        operators,
        available,
        settings,
        (operator, left) -> CurvaturePanel.measure(operator, settings, left, id));
  }

  /**
   * Measures the trace alone.
   *
   * @param operators the operator over a sample of the given number of images
   * @param available images there are at most
   * @param id as in {@link CurvatureTrace#measure}
   */
  public static ImageGrowth<CurvatureTrace> ofTrace(
      IntFunction<LinearOperator> operators, int available, CurvatureSettings settings, String id) {
    return measure(
        operators,
        available,
        settings,
        (operator, left) -> CurvatureTrace.measure(operator, settings, left, id));
  }

  private static <M extends Measure<M>> ImageGrowth<M> measure(
      IntFunction<LinearOperator> operators,
      int available,
      CurvatureSettings settings,
      Measurer<M> measurer) {
    int examples = Math.min(settings.getExamples(), available);
    int most = Math.min(settings.getMaxExamples(), available);
    long spent = 0;
    while (true) {
      int left = (int) (settings.getMaxProducts() - spent);
      M measure = measurer.measure(operators.apply(examples), left);
      spent += measure.products();
      ImageLimit limit = new ImageLimit(settings.getRelativeError(), examples, available);
      boolean affordable = settings.getMaxProducts() - spent >= measure.products();
      if (!measure.isLimitedBy(limit) || !affordable || examples >= most) {
        return new ImageGrowth<>(measure.heldTo(limit), examples, spent);
      }
      examples = Math.min(2 * examples, most);
    }
  }

  /** What was measured of a curvature matrix over one sample of images. */
  interface Measure<M> {
    /** Products that it took. */
    long products();

    /**
     * Whether the values for which the sample grows are as accurate as asked for but for the
     * sample, which is too small for them.
     */
    boolean isLimitedBy(ImageLimit limit);

    /** The same, values not converged for which the sample is too small. */
    M heldTo(ImageLimit limit);
  }
}
