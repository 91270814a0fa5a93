package dev.terrain.stage;

import dev.terrain.data.Batches;
import dev.terrain.data.ImageSample;
import dev.terrain.hessian.Curvature;
import dev.terrain.hessian.CurvatureEstimate;
import dev.terrain.hessian.CurvatureMeasures;
import dev.terrain.hessian.LanczosResult;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Measures the Hessian of one trained model: top eigenvalue and trace, at the stored weights in
 * eval mode, on a seeded subset of the training images that all models of a training set share.
 */
public final class CurvatureStage implements Stage {
  /** Name of the stage. */
  public static final String NAME = "curvature";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 1;

  private static final long serialVersionUID = 1;
  private static final long SUBSET_SEED = 0;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    UnitClock clock = new UnitClock();
    CurvatureSettings settings = (CurvatureSettings) unit.getSettings();
    ModelRef ref = unit.getModels().get(0);
    CellData data = CellData.of(ref.getSpec(), context.dataLocation());
    TrainedModel model = TrainedModel.load(ref, data, context);
    ImageSample subset = data.subset("curvature", SUBSET_SEED, settings.getExamples());
    NetworkSurface surface =
        new NetworkSurface(
            model.network(),
            subset,
            Batches.split(subset.size(), Math.min(settings.getBatches(), subset.size())),
            Precision.FLOAT32);
    CurvatureMeasures measures =
        Curvature.measure(
            new HeardSurface(surface, context.listener()),
            model.weights(),
            settings,
            ref.getModelId());

    MeasurementRows rows = new MeasurementRows(unit, CODE_VERSION);
    return clock.finish(
        unit,
        CODE_VERSION,
        List.of(),
        List.of(
            row(rows.ofModel(ref), measures.topEigenvalue(), subset)
                .setMetric("hessian_top_eigenvalue"),
            row(rows.ofModel(ref), measures.trace(), subset).setMetric("hessian_trace")),
        List.of(spectrum(unit, model, measures.lanczos(), subset)),
        List.of());
  }

  private static Measurement.Builder row(
      Measurement.Builder row, CurvatureEstimate estimate, ImageSample subset) {
    if (!estimate.converged()) {
      row.setStatus(MeasurementStatus.NOT_CONVERGED)
          .setReason(
              "the requested accuracy was not reached within %d Hessian-vector products"
                  .formatted(estimate.products()));
    }
    return row.setValue(estimate.value())
        .setStdError(estimate.standardError())
        .setDataStdError(estimate.dataStandardError())
        .setResidual(estimate.residual())
        .setNExamples(subset.size())
        .setNEvaluations(estimate.products())
        .setUnit("nats")
        .setSeed(SUBSET_SEED)
        .setExamplesSha256(subset.sha256());
  }

  private static Spectrum.Builder spectrum(
      Unit unit, TrainedModel model, LanczosResult lanczos, ImageSample subset) {
    return Spectrum.newBuilder()
        .setCellId(unit.getCellId())
        .setModelId(model.ref().getModelId())
        .setOperator("hessian")
        .setNParameters(model.network().dimension())
        .setRitzValues(boxed(lanczos.ritzValues()))
        .setWeights(boxed(lanczos.weights()))
        .setResiduals(boxed(lanczos.residuals()))
        .setNExamples(subset.size())
        .setNEvaluations(lanczos.steps())
        .setSeed(SUBSET_SEED)
        .setExamplesSha256(subset.sha256())
        .setKey(unit.getKey())
        .setCodeVersion(CODE_VERSION);
  }

  private static List<Double> boxed(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
