package dev.terrain.hessian;

import dev.terrain.v1.CurvatureSettings;
import java.util.function.IntFunction;

/**
 * Measures a {@link CurvaturePanel} on a sample of images that is doubled while the sample is what
 * limits the accuracy.
 *
 * <p>The rule: the sample is doubled if the data error of top eigenvalue or trace (the larger of
 * standard error and bias towards the training images, as a share of the value; see {@link
 * SampleLimit}) is above {@code relative_error} while the trace's probes and the top pair have
 * reached their own accuracy; if there are more images, up to {@code max_examples}; and if at least
 * as many products are left as the last sample took. Errors of the sample fall with the root of its
 * size, so a data error of twice what is asked for takes two doublings. The panel is then measured
 * anew: nothing of a smaller sample enters it but its products, which are counted.
 *
 * @param panel the last panel; estimates for which its sample is still too small are not converged,
 *     with a reason
 * @param examples images that it was measured on
 * @param products products spent in all, on smaller samples too
 */
public record SampleGrowth(CurvaturePanel panel, int examples, long products) {

  /**
   * Measures.
   *
   * @param operators the operator over a sample of the given number of images
   * @param available training images there are
   * @param id as in {@link CurvaturePanel#measure}
   */
  public static SampleGrowth measure(
      IntFunction<SampledOperator> operators,
      int available,
      CurvatureSettings settings,
      String id) {
    int examples = Math.min(settings.getExamples(), available);
    int most = Math.min(settings.getMaxExamples(), available);
    long spent = 0;
    while (true) {
      int left = (int) (settings.getMaxProducts() - spent);
      CurvaturePanel panel = CurvaturePanel.measure(operators.apply(examples), settings, left, id);
      spent += panel.products();
      SampleLimit limit = new SampleLimit(settings.getRelativeError(), examples, available);
      boolean limits =
          panel.trace().converged() && panel.upper().get(0).converged() && limit.limits(panel);
      boolean affordable = settings.getMaxProducts() - spent >= panel.products();
      if (!limits || !affordable || examples >= most) {
        return new SampleGrowth(limit.applied(panel), examples, spent);
      }
      examples = Math.min(2 * examples, most);
    }
  }
}
