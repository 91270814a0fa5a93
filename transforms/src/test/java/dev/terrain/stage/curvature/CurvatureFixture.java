package dev.terrain.stage.curvature;

import dev.terrain.data.ImageSample;
import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/** Softmax regressions of a tiny study, whose Hessian has a closed form, and their curvature. */
public final class CurvatureFixture {
  static final int CLASSES = 10;
  static final int INPUTS = 65;
  static final int EXAMPLES = 60;
  static final int BATCHES = 6;

  public static final CurvatureSettings SETTINGS =
      CurvatureSettings.newBuilder()
          .setExamples(EXAMPLES)
          .setBatches(BATCHES)
          .setResidualTolerance(1e-4)
          .setRelativeError(0.04)
          .setMaxExamples(EXAMPLES)
          .build();

  private final TinyStudy study;

  public CurvatureFixture(Path folder) {
    study = new TinyStudy(folder);
  }

  public TinyStudy study() {
    return study;
  }

  /** Trained softmax regressions that differ in their seeds. */
  public List<ModelRef> regressions(int count) {
    return study.models(TinyStudy.spec().setDepth(0), count);
  }

  /** What all units of a model's curvature give, as that of the first of them. */
  public UnitResult measure(ModelRef model, CurvatureSettings settings) throws IOException {
    return measure(new CurvatureStage(), model, settings);
  }

  public UnitResult measure(CurvatureStage stage, ModelRef model, CurvatureSettings settings)
      throws IOException {
    List<UnitResult> results = new ArrayList<>();
    for (Unit unit : ConfiguredStage.of(stage, settings).units(List.of(model), true)) {
      results.add(stage.compute(unit, study.context()));
    }
    return UnitResult.newBuilder(results.get(0))
        .setMeasurements(
            results.stream().flatMap(result -> result.getMeasurements().stream()).toList())
        .build();
  }

  /** The Hessian of a model over the images of {@link #SETTINGS}. */
  RealMatrix hessian(ModelRef model) throws IOException {
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, EXAMPLES);
    return new Array2DRowRealMatrix(
        denseHessian(new PlainMlp(study.tensors(model)), images), false);
  }

  /** The Hessian of softmax regression: the mean over the images of (diag p - p p') ⊗ x x'. */
  static double[][] denseHessian(PlainMlp regression, ImageSample images) {
    double[][] hessian = new double[CLASSES * INPUTS][CLASSES * INPUTS];
    for (int n = 0; n < images.size(); n++) {
      double[] x = withBias(PlainMlp.image(images, n));
      double[] p = regression.probabilities(PlainMlp.image(images, n));
      for (int row = 0; row < hessian.length; row++) {
        for (int column = 0; column < hessian.length; column++) {
          int c = classOf(row);
          int d = classOf(column);
          double factor = (c == d ? p[c] : 0) - p[c] * p[d];
          hessian[row][column] += factor * (x[inputOf(row)] * x[inputOf(column)]) / images.size();
        }
      }
    }
    return hessian;
  }

  static double[] withBias(double[] image) {
    double[] x = Arrays.copyOf(image, INPUTS);
    x[INPUTS - 1] = 1;
    return x;
  }

  /** θ holds the weights class by class, then the biases. */
  static int classOf(int parameter) {
    int weights = CLASSES * (INPUTS - 1);
    return parameter < weights ? parameter / (INPUTS - 1) : parameter - weights;
  }

  static int inputOf(int parameter) {
    return parameter < CLASSES * (INPUTS - 1) ? parameter % (INPUTS - 1) : INPUTS - 1;
  }
}
