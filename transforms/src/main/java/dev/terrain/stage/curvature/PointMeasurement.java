package dev.terrain.stage.curvature;

import dev.terrain.curvature.panel.ImageLimit;
import dev.terrain.curvature.sharpness.ScalarMeasure;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.List;

/**
 * Takes one measure at a model's weights, on a sample of images that is doubled, up to {@code
 * max_examples}, while the measure is not defined or its own data error is above {@code
 * relative_error}; see {@link ImageLimit}. What smaller samples cost is counted.
 */
final class PointMeasurement {
  private final Unit unit;
  private final ModelCurvature sample;
  private final PointMeasure measure;

  PointMeasurement(Unit unit, ModelCurvature sample, PointMeasure measure) {
    this.unit = unit;
    this.sample = sample;
    this.measure = measure;
  }

  UnitResult measure(UnitClock clock) {
    CurvatureSettings settings = sample.settings();
    int available = sample.available();
    int most = Math.min(settings.getMaxExamples(), available);
    int examples = Math.min(settings.getExamples(), available);
    ScalarMeasure.Cost spent = new ScalarMeasure.Cost(0, 0, 0);
    while (true) {
      ImageSample images = sample.images(examples);
      ScalarMeasure taken = measure.at(at(images));
      spent = spent.plus(taken.cost());
      ImageLimit limit = new ImageLimit(settings.getRelativeError(), examples, available);
      boolean suffices = taken.value() != null && !limit.limits(taken);
      if (suffices || examples >= most) {
        CurvatureRows rows = new CurvatureRows(unit, images, settings);
        return clock.finish(
            unit,
            CurvatureStage.CODE_VERSION,
            List.of(rows.point(measure.metric(), "default", limit.applied(taken).withCost(spent))));
      }
      examples = Math.min(2 * examples, most);
    }
  }

  private MeasuredPoint at(ImageSample images) {
    TrainedModel model = sample.model();
    return new MeasuredPoint(
        sample.steadySurface(images),
        model.network(),
        model.weights(),
        sample.ofOutputs(),
        model.streams());
  }
}
