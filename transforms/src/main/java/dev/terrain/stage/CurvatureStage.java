package dev.terrain.stage;

import dev.terrain.data.Batches;
import dev.terrain.data.ImageSample;
import dev.terrain.hessian.Compositions;
import dev.terrain.hessian.PaperCurvature;
import dev.terrain.hessian.SampledOperator;
import dev.terrain.hessian.SurfaceOperator;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureMatrix.Kind;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

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
        : new CurvatureMeasurement(unit, samples, context).measure(clock);
  }

  /** Surfaces and curvature matrices over subsets of the training images. */
  record Sample(
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

    /** The matrix of the whole model. */
    SurfaceOperator whole(Kind kind, ImageSample images) {
      String labelId = kind == Kind.SAMPLED_FISHER ? model.ref().getModelId() : "";
      return new SurfaceOperator(
          surface(images), new CurvatureMatrix(kind, labelId, 0), model.weights());
    }

    /** The matrix that the settings ask for. */
    SampledOperator operator(ImageSample images) {
      SurfaceOperator whole = whole(kind(), images);
      return isRestricted() ? Compositions.block(whole, subset()) : whole;
    }

    Kind kind() {
      return Kind.valueOf(settings.getOperator().toUpperCase(Locale.ROOT));
    }

    boolean isRestricted() {
      return !settings.getParameters().isEmpty();
    }

    ParameterSubset subset() {
      return isRestricted()
          ? ParameterSubset.named(model.network(), settings.getParameters().toArray(String[]::new))
          : ParameterSubset.whole(model.network().dimension());
    }
  }

  /**
   * Refuses parameters that a model of a spec does not have.
   *
   * @param location as in {@link CellData#of}
   * @throws IllegalArgumentException if there is no array or layer of a name
   * @throws IOException if the data set, which the shapes depend on, is missing or corrupt
   */
  public static void checkParameters(ModelSpec spec, CurvatureSettings settings, String location)
      throws IOException {
    if (!settings.getVariant().equals("paper") && !settings.getParameters().isEmpty()) {
      Network network = Network.of(spec, CellData.of(spec, location).shape());
      ParameterSubset.named(network, settings.getParameters().toArray(String[]::new));
    }
  }

  private static List<Measurement.Builder> paper(Unit unit, Sample sample) {
    ImageSample images = sample.images(PAPER_EXAMPLES);
    CurvatureRows rows = new CurvatureRows(unit, images, "hessian", null);
    String id = sample.model().ref().getModelId();
    SurfaceOperator hessian = sample.whole(Kind.HESSIAN, images);
    PaperCurvature procedure = PaperCurvature.ofStudy();
    return List.of(
        rows.paper("top_eigenvalue", procedure.topEigenvalue(hessian, id)),
        rows.paper("trace", procedure.trace(hessian, id)));
  }
}
