package dev.terrain.stage.comparison;

import dev.terrain.similarity.CkaValue;
import dev.terrain.similarity.LinearCka;
import dev.terrain.similarity.Mixup;
import dev.terrain.similarity.MixupPlan;
import dev.terrain.similarity.Representation;
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
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the outputs of all trained models of a cell: one forward pass a model over mixed images
 * that all share, then every pair from the stored outputs.
 */
public final class SimilarityStage implements MeasurementStage<SimilaritySettings> {
  /** Name of the stage. */
  public static final String NAME = "similarity";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 2;

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
  public Class<SimilaritySettings> settingsType() {
    return SimilaritySettings.class;
  }

  @Override
  public List<MetricInfo> metrics() {
    return SimilarityMetrics.all();
  }

  @Override
  public Scope scope() {
    return new Scope.Cell();
  }

  @Override
  public double nominalSeconds(Unit unit, SimilaritySettings settings, CellCost cost) {
    return unit.getModels().size()
        * cost.evaluation(Math.min(settings.getExamples(), cost.training()));
  }

  @Override
  public UnitResult compute(Unit unit, SimilaritySettings settings, StageContext context)
      throws IOException {
    UnitClock clock = new UnitClock();
    List<ModelRef> models = unit.getModels();
    CellData data = clock.stamp(CellData.of(models.get(0), context.dataLocation()));
    MixupPlan mixup = Mixup.plan(data.trainingId(), data.training().size(), settings);
    List<Representation> outputs = new ArrayList<>();
    for (ModelRef ref : models) {
      TrainedModel model = TrainedModel.load(ref, data, context);
      double[] probabilities = model.mixedProbabilities(data, mixup);
      outputs.add(new Representation(mixup.size(), data.shape().classes(), probabilities));
    }

    MeasurementRows rows = new MeasurementRows(unit, CODE_VERSION);
    List<Measurement.Builder> measurements = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int j = i + 1; j < models.size(); j++) {
        Representation x = outputs.get(i);
        Representation y = outputs.get(j);
        measurements.add(
            row(rows.ofPair(models.get(i), models.get(j)), mixup, LinearCka.biased(x, y))
                .setVariant("paper"));
        measurements.add(
            row(rows.ofPair(models.get(i), models.get(j)), mixup, LinearCka.debiased(x, y))
                .setVariant("debiased"));
      }
    }
    return clock.finish(unit, CODE_VERSION, List.of(), measurements, List.of(), List.of());
  }

  private static Measurement.Builder row(Measurement.Builder row, MixupPlan mixup, CkaValue cka) {
    return MeasurementRows.valueOr(row, cka.value(), cka.reason())
        .setMetric("cka")
        .setDataStdError(cka.dataStandardError())
        .setUnit("1")
        .setNExamples(mixup.size())
        .setNEvaluations(1);
  }
}
