package dev.terrain.stage;

import dev.terrain.curvature.operator.SampledOperator;
import dev.terrain.curvature.panel.PaperCurvature;
import dev.terrain.data.ImageSample;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;

/**
 * Measures the curvature of the loss at the stored weights of one trained model, in eval mode, on a
 * seeded subset of the training images that all models of a training set share: the panel of a
 * curvature matrix, or its trace alone, its diagonal and further measures; or top eigenvalue and
 * trace as the study measured them.
 */
public final class CurvatureStage implements Stage {
  /** Name of the stage. */
  public static final String NAME = "curvature";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 4;

  static final long SUBSET_SEED = 0;

  /** Images of the study's Hessian. */
  private static final int PAPER_EXAMPLES = 200;

  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    UnitClock clock = new UnitClock();
    CurvatureSettings settings = (CurvatureSettings) unit.getSettings();
    ModelRef ref = unit.getModels().get(0);
    CellData data = clock.stamp(CellData.of(ref, context.dataLocation()));
    TrainedModel model = TrainedModel.load(ref, data, context);
    try (CurvatureSample sample = new CurvatureSample(model, data, settings, context.listener())) {
      return settings.getVariant().equals("paper")
          ? clock.finish(unit, CODE_VERSION, List.of(), paper(unit, sample), List.of(), List.of())
          : new CurvatureMeasurement(unit, sample, context).measure(clock);
    }
  }

  static List<Measurement.Builder> paper(Unit unit, CurvatureSample sample) {
    ImageSample images = sample.images(PAPER_EXAMPLES);
    CurvatureRows rows = new CurvatureRows(unit, images, CurvatureSettings.newBuilder().build());
    String id = sample.model().ref().getModelId();
    SampledOperator hessian = sample.whole(images);
    PaperCurvature procedure = PaperCurvature.ofStudy();
    List<Measurement.Builder> values =
        List.of(
            rows.paper("top_eigenvalue", procedure.topEigenvalue(hessian, id)),
            rows.paper("trace", procedure.trace(hessian, id)));
    sample.flaw().ifPresent(flaw -> CurvatureRows.doubt(values, flaw));
    return values;
  }
}
