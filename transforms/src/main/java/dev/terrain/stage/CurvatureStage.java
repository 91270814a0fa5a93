package dev.terrain.stage;

import dev.terrain.data.Batches;
import dev.terrain.data.ImageSample;
import dev.terrain.hessian.PaperCurvature;
import dev.terrain.hessian.PointMeasures;
import dev.terrain.hessian.SampleGrowth;
import dev.terrain.hessian.SurfaceOperator;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureMatrix.Kind;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the curvature of the loss at the stored weights of one trained model, in eval mode, on a
 * seeded subset of the training images that all models of a training set share: the panel of a
 * curvature matrix and further measures, or top eigenvalue and trace as the study measured them.
 */
public final class CurvatureStage implements Stage {
  /** Name of the stage. */
  public static final String NAME = "curvature";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 3;

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
    CellData data = CellData.of(ref.getSpec(), context.dataLocation());
    TrainedModel model = TrainedModel.load(ref, data, context);
    Sample samples = new Sample(model, data, settings, context.listener());
    return settings.getVariant().equals("paper")
        ? clock.finish(unit, CODE_VERSION, List.of(), paper(unit, samples), List.of(), List.of())
        : panel(unit, samples, context, clock);
  }

  /** Surfaces over subsets of the training images. */
  private record Sample(
      TrainedModel model, CellData data, CurvatureSettings settings, StageListener listener) {

    ImageSample images(int examples) {
      return data.subset("curvature", SUBSET_SEED, examples);
    }

    LossSurface surface(ImageSample images) {
      int[][] batches =
          Batches.split(images.size(), Math.min(settings.getBatches(), images.size()));
      return new HeardSurface(
          new NetworkSurface(model.network(), images, batches, Precision.FLOAT32), listener);
    }

    SurfaceOperator operator(Kind kind, ImageSample images) {
      return new SurfaceOperator(
          surface(images), new CurvatureMatrix(kind, "", 0), model.weights());
    }
  }

  private static List<Measurement.Builder> paper(Unit unit, Sample sample) {
    ImageSample images = sample.images(PAPER_EXAMPLES);
    CurvatureRows rows = new CurvatureRows(unit, images, "hessian");
    String id = sample.model().ref().getModelId();
    SurfaceOperator hessian = sample.operator(Kind.HESSIAN, images);
    PaperCurvature procedure = PaperCurvature.ofStudy();
    return List.of(
        rows.paper("top_eigenvalue", procedure.topEigenvalue(hessian, id)),
        rows.paper("trace", procedure.trace(hessian, id)));
  }

  private static UnitResult panel(Unit unit, Sample sample, StageContext context, UnitClock clock)
      throws IOException {
    CurvatureSettings settings = sample.settings();
    TrainedModel model = sample.model();
    String id = model.ref().getModelId();
    Kind kind = Kind.valueOf(settings.getOperator().toUpperCase(Locale.ROOT));
    SampleGrowth growth =
        SampleGrowth.measure(
            examples -> sample.operator(kind, sample.images(examples)),
            sample.data().training().size(),
            settings,
            id);
    ImageSample images = sample.images(growth.examples());
    CurvatureRows rows = new CurvatureRows(unit, images, settings.getOperator());
    List<Measurement.Builder> measurements =
        new ArrayList<>(rows.panel(growth.panel(), growth.products()));
    List<ParameterSubset> layers = ParameterSubset.layers(model.network());
    ParameterSubset last = layers.get(layers.size() - 1);
    new PointMeasures(
            sample.surface(images),
            model.weights(),
            last,
            ParameterSubset.named(model.network(), last.name() + ".weight"),
            id)
        .measure(
            settings.getMeasures(),
            kind == Kind.HESSIAN ? growth.panel().krylov().pairs() : List.of())
        .forEach(measure -> measurements.add(rows.point(measure)));
    KeptEigenvectors kept =
        KeptEigenvectors.save(
            growth.panel().krylov().upper(), settings.getKeepEigenvectors(), unit, model, context);
    return clock.finish(
        unit,
        CODE_VERSION,
        List.of(),
        measurements,
        List.of(
            new SpectrumRow(growth.panel())
                .row(unit, settings.getOperator(), images)
                .setNParameters(model.network().dimension())
                .setEigenvectorsUri(kept.uri())
                .setEigenvectorsSha256(kept.sha256())),
        List.of());
  }
}
