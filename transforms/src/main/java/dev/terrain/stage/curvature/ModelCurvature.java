package dev.terrain.stage.curvature;

import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.PrincipalSubmatrix;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.curvature.sharpness.OutputCurvature;
import dev.terrain.data.Batches;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.HeardSurface;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.ConfirmedSurface;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureMatrix.Kind;
import dev.terrain.surface.DeterminismCheck;
import dev.terrain.surface.Loss;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.v1.CurvatureSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The loss surface of one model and its curvature matrix over subsets of the training images. What
 * a matrix keeps from product to product is freed when that over another subset is asked for, and
 * by {@link #close}.
 */
final class ModelCurvature implements AutoCloseable {
  private static final int MIB_BITS = 20;

  private final TrainedModel model;
  private final CellData data;
  private final CurvatureSettings settings;
  private final StageListener listener;
  private final UnaryOperator<LossSurface> seenAs;
  private @Nullable SurfaceOperator matrix;
  private @Nullable ImageSample images;

  /**
   * @param settings of variant {@code paper}: the Hessian of the cross-entropy
   */
  ModelCurvature(
      TrainedModel model, CellData data, CurvatureSettings settings, StageListener listener) {
    this(model, data, settings, listener, UnaryOperator.identity());
  }

  /**
   * @param seenAs what stands between the engine and all that is measured
   */
  ModelCurvature(
      TrainedModel model,
      CellData data,
      CurvatureSettings settings,
      StageListener listener,
      UnaryOperator<LossSurface> seenAs) {
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.listener = listener;
    this.seenAs = seenAs;
  }

  TrainedModel model() {
    return model;
  }

  CurvatureSettings settings() {
    return settings;
  }

  /** Training images there are. */
  int available() {
    return data.training().size();
  }

  /** The first of the training images in the seeded order that all models share. */
  ImageSample images(int examples) {
    return data.subset("curvature", CurvatureStage.SUBSET_SEED, examples);
  }

  LossSurface surface(ImageSample sample) {
    int[][] batches = Batches.split(sample.size(), Math.min(settings.getBatches(), sample.size()));
    NetworkSurface surface =
        new NetworkSurface(model.network(), sample, batches, Precision.FLOAT32, loss());
    return new HeardSurface(new ConfirmedSurface(seenAs.apply(surface), model.subject()), listener);
  }

  /**
   * The surface, of which two passes have been held against each other.
   *
   * @throws dev.terrain.surface.EngineFaultException if they differ
   */
  LossSurface steadySurface(ImageSample sample) {
    LossSurface surface = surface(sample);
    DeterminismCheck.require(surface, model.weights(), model.subject());
    return surface;
  }

  /**
   * The matrix of the whole model.
   *
   * @throws dev.terrain.surface.EngineFaultException if two passes over the images differ
   */
  LinearOperator whole(ImageSample sample) {
    if (matrix == null || images == null || images.size() != sample.size()) {
      close();
      String labelId = kind() == Kind.SAMPLED_FISHER ? model.streams() : "";
      matrix =
          SurfaceOperator.reusing(
              steadySurface(sample),
              new CurvatureMatrix(kind(), labelId, 0),
              model.weights(),
              (long) settings.getMaxGraphMib() << MIB_BITS);
      images = sample;
    }
    return matrix;
  }

  /** The matrix that the settings ask for. */
  LinearOperator operator(ImageSample sample) {
    LinearOperator whole = whole(sample);
    return isRestricted() ? new PrincipalSubmatrix(whole, subset()) : whole;
  }

  /** Why the products with the last matrix cannot be right; empty if nothing is against them. */
  Optional<String> flaw() {
    return matrix == null ? Optional.empty() : matrix.flaw();
  }

  Kind kind() {
    return isPaper() ? Kind.HESSIAN : Kind.valueOf(settings.getOperator().toUpperCase(Locale.ROOT));
  }

  private boolean isPaper() {
    return settings.getVariant().equals("paper");
  }

  private boolean isOfSquaredError() {
    return !isPaper() && settings.getLoss().equals("squared_error");
  }

  private Loss loss() {
    return isOfSquaredError() ? Loss.SQUARED_ERROR : Loss.CROSS_ENTROPY;
  }

  OutputCurvature ofOutputs() {
    return isOfSquaredError() ? OutputCurvature.TWICE_IDENTITY : OutputCurvature.SOFTMAX;
  }

  boolean isRestricted() {
    return !settings.getParameters().isEmpty();
  }

  ParameterSubset subset() {
    return isRestricted()
        ? ParameterSubset.named(model.network(), settings.getParameters().toArray(String[]::new))
        : ParameterSubset.whole(model.network().dimension());
  }

  @Override
  public void close() {
    if (matrix != null) {
      matrix.close();
      matrix = null;
      images = null;
    }
  }
}
