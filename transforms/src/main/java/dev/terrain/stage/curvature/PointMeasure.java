package dev.terrain.stage.curvature;

import dev.terrain.curvature.sharpness.ScalarMeasure;
import dev.terrain.stage.MetricInfo;
import java.io.Serializable;

/**
 * A measure of the loss around a model's weights: what there is to know of it, and how it is taken.
 * One more is a class of this kind, a word in {@link PointMeasures#STANDARD}, and its name among
 * those that the setting {@code measures} allows. Immutable.
 */
public interface PointMeasure extends Serializable {
  /**
   * Its metric. The unit of its first variant is that of all its rows with the cross-entropy; see
   * {@link CurvatureMetrics#forBothLosses} for the squared error.
   */
  MetricInfo metric();

  /** Takes the measure at a point: the variant {@code default} of its metric. */
  ScalarMeasure at(MeasuredPoint point);

  /** What it costs about, in gradients over all images. */
  double gradients();

  /** Name of the metric: a word of the setting {@code measures}. */
  default String name() {
    return metric().name();
  }
}
