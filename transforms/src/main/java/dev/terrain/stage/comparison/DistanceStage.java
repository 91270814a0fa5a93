package dev.terrain.stage.comparison;

import dev.terrain.similarity.WeightDistance;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.MeasurementRows;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.Scope;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.NoSettings;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the Euclidean distance in parameter space of all pairs of trained models of a cell. */
public final class DistanceStage implements MeasurementStage<NoSettings> {
  /** Name of the stage. */
  public static final String NAME = "distance";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 1;

  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public Class<NoSettings> settingsType() {
    return NoSettings.class;
  }

  @Override
  public List<MetricInfo> metrics() {
    return DistanceMetrics.all();
  }

  @Override
  public Scope scope() {
    return new Scope.Cell();
  }

  /** Little beside reading the models. */
  @Override
  public double nominalSeconds(Unit unit, NoSettings settings, CellCost cost) {
    return 0;
  }

  @Override
  public UnitResult compute(Unit unit, NoSettings settings, StageContext context)
      throws IOException {
    UnitClock clock = new UnitClock();
    List<ModelRef> models = unit.getModels();
    CellData data = clock.stamp(CellData.of(models.get(0), context.dataLocation()));
    List<double[]> parameters = new ArrayList<>();
    for (ModelRef ref : models) {
      parameters.add(TrainedModel.load(ref, data, context).weights().theta());
    }

    MeasurementRows rows = new MeasurementRows(unit, CODE_VERSION);
    List<Measurement.Builder> measurements = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int j = i + 1; j < models.size(); j++) {
        double distance = WeightDistance.euclidean(parameters.get(i), parameters.get(j));
        measurements.add(
            MeasurementRows.valueOr(
                    rows.ofPair(models.get(i), models.get(j)),
                    Double.isFinite(distance) ? distance : null,
                    "a stored parameter is not finite")
                .setMetric("l2_distance")
                .setUnit("1"));
      }
    }
    return clock.finish(unit, CODE_VERSION, List.of(), measurements, List.of(), List.of());
  }
}
