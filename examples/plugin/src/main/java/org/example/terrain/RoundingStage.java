package org.example.terrain;

import dev.terrain.stage.CellCost;
import dev.terrain.stage.MeasurementRows;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.Scope;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;

/** Measures how much the training loss grows when a model's weights are rounded to a few bits. */
public final class RoundingStage implements MeasurementStage<RoundingSettings> {
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return "rounding";
  }

  @Override
  public int codeVersion() {
    return 1;
  }

  @Override
  public Class<RoundingSettings> settingsType() {
    return RoundingSettings.class;
  }

  @Override
  public Scope scope() {
    return new Scope.Model();
  }

  @Override
  public List<MetricInfo> metrics() {
    Variant variant =
        Variant.standard(
            "nats", Range.ALL, "L(round(θ)) − L(θ) over the training images", "Terrain's example");
    return List.of(
        new MetricInfo(
            "rounding_loss_increase",
            "Loss increase by rounding",
            List.of(variant),
            Scale.SYMMETRIC,
            Better.LOWER,
            Summary.MEAN_OVER_MODELS,
            "two passes over the training images"));
  }

  @Override
  public double nominalSeconds(Unit unit, RoundingSettings settings, CellCost cost) {
    return 2 * cost.evaluation(cost.training());
  }

  @Override
  public UnitResult compute(Unit unit, RoundingSettings settings, StageContext context)
      throws IOException {
    UnitClock clock = new UnitClock();
    ModelRef ref = unit.getModels().get(0);
    CellData data = clock.stamp(CellData.of(ref, context.dataLocation()));
    TrainedModel model = TrainedModel.load(ref, data, context);
    LossSurface surface = model.trainingSurface(data);
    Weights weights = model.weights();
    Weights rounded = new Weights(round(weights.theta(), settings.getBits()), weights.statistics());
    double increase = surface.evaluate(rounded).loss() - surface.evaluate(weights).loss();
    return clock.finish(
        unit,
        codeVersion(),
        List.of(
            MeasurementRows.valueOr(
                    new MeasurementRows(unit, codeVersion()).ofModel(ref),
                    Double.isFinite(increase) ? increase : null,
                    "the loss of the rounded weights is not finite")
                .setMetric("rounding_loss_increase")
                .setUnit("nats")
                .setNExamples(data.trainingSize())
                .setNEvaluations(2)));
  }

  /** The nearest of 2^bits − 1 levels that lie evenly between ± the largest weight. */
  static double[] round(double[] theta, int bits) {
    double largest = 0;
    for (double weight : theta) {
      largest = Math.max(largest, Math.abs(weight));
    }
    double step = largest / ((1 << (bits - 1)) - 1);
    double[] rounded = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      rounded[i] = step == 0 ? 0 : (float) (step * Math.rint(theta[i] / step));
    }
    return rounded;
  }
}
