package dev.terrain.stage;

import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.panel.CurvatureRoom;
import dev.terrain.curvature.panel.PaperCurvature;
import dev.terrain.data.ImageSample;
import dev.terrain.model.Network;
import dev.terrain.surface.DeterminismCheck;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.sweep.SettingProblems;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the curvature of the loss at the stored weights of one trained model, in eval mode, on a
 * seeded subset of the training images that all models of a training set share: the panel of a
 * curvature matrix, or its trace alone, its diagonal and further measures; or top eigenvalue and
 * trace as the study measured them.
 */
public final class CurvatureStage implements MeasurementStage<CurvatureSettings> {
  /** Name of the stage. */
  public static final String NAME = "curvature";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 4;

  static final long SUBSET_SEED = 0;

  /** Images of the study's Hessian. */
  private static final int PAPER_EXAMPLES = 200;

  /** Products of three test vectors, whose spread is the least that tells of an error. */
  private static final int LEAST_PRODUCTS = 6;

  private static final double TYPICAL_PRODUCTS = 0.4;

  /** How many graphs are kept changes no bit of a value. */
  private static final CurvatureSettings UNKEYED = CurvatureSettings.newBuilder().build();

  private static final long serialVersionUID = 1;

  private final List<PointMeasure> pointMeasures;

  /** With the measures at a point that are built in. */
  public CurvatureStage() {
    this(PointMeasures.STANDARD);
  }

  /** With these measures at a point. */
  CurvatureStage(List<PointMeasure> pointMeasures) {
    this.pointMeasures = List.copyOf(pointMeasures);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public Class<CurvatureSettings> settingsType() {
    return CurvatureSettings.class;
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(
            CurvatureMetrics.all().stream(), pointMeasures.stream().map(PointMeasure::metric))
        .toList();
  }

  @Override
  public Scope scope() {
    return new Scope.Model();
  }

  @Override
  public CurvatureSettings keyed(CurvatureSettings settings) {
    return CurvatureSettings.newBuilder(settings)
        .setMeasures(settings.getMeasures().stream().sorted().toList())
        .setParameters(settings.getParameters().stream().sorted().toList())
        .setMaxGraphMib(UNKEYED.getMaxGraphMib())
        .build();
  }

  @Override
  public void check(CurvatureSettings settings, SettingProblems problems) {
    int pairs = settings.getEigenvalues() + settings.getLowerEigenvalues();
    int needed = pairs == 0 ? LEAST_PRODUCTS : settings.getBlockSize() + pairs;
    if (settings.getMaxProducts() < needed) {
      problems.add(
          "max_products",
          problems.quote(settings.getMaxProducts(), "it")
              + " is less than "
              + (pairs == 0
                  ? "a trace without eigenpairs needs"
                  : "block_size + eigenvalues + lower_eigenvalues")
              + problems.quote(", which is " + needed, ""));
    }
    if (settings.getEigenvalues() == 0 && pairs > 0) {
      problems.add(
          "lower_eigenvalues",
          problems.quote(settings.getLowerEigenvalues(), "it")
              + " must be 0, too, where eigenvalues is 0");
    }
    int ofDiagonal = settings.getDiagonalProducts();
    if (ofDiagonal > 0 && ofDiagonal < LEAST_PRODUCTS) {
      problems.add(
          "diagonal_products",
          problems.quote(ofDiagonal, "it") + " must be 0 or at least " + LEAST_PRODUCTS);
    }
    if (settings.getKeepEigenvectors() > settings.getEigenvalues()) {
      problems.add(
          "keep_eigenvectors",
          problems.quote(settings.getKeepEigenvectors(), "it")
              + " is more than eigenvalues"
              + problems.quote(", which is " + settings.getEigenvalues(), ""));
    }
    problems.addRepeats("measures", settings.getMeasures());
    problems.addRepeats("parameters", settings.getParameters());
  }

  @Override
  public Optional<NetworkProblem> problem(CurvatureSettings settings, CellNetwork cell) {
    if (settings.getVariant().equals("paper")) {
      return Optional.empty();
    }
    Network network = cell.network();
    int dimension = network.dimension();
    if (!settings.getParameters().isEmpty()) {
      try {
        dimension =
            ParameterSubset.named(network, settings.getParameters().toArray(String[]::new)).size();
      } catch (IllegalArgumentException e) {
        return Optional.of(
            new NetworkProblem(
                "parameters",
                "of architecture '%s': %s"
                    .formatted(cell.spec().getArchitecture(), e.getMessage())));
      }
    }
    try {
      CurvatureRoom.check(settings, dimension);
    } catch (IllegalArgumentException e) {
      return Optional.of(new NetworkProblem("max_memory_mib", String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  /** Of the products allowed a typical measurement makes a part, as in {@code digits.yaml}. */
  @Override
  public double nominalSeconds(Unit unit, CurvatureSettings settings, CellCost cost) {
    double products = TYPICAL_PRODUCTS * settings.getMaxProducts() + settings.getDiagonalProducts();
    int examples = Math.min(settings.getExamples(), cost.training());
    double check = DeterminismCheck.GRADIENTS;
    return products * cost.pass(settings.getBatches(), examples, CellCost.PRODUCT)
        + check * cost.pass(settings.getBatches(), examples, CellCost.GRADIENT);
  }

  @Override
  public UnitResult compute(Unit unit, CurvatureSettings settings, StageContext context)
      throws IOException {
    UnitClock clock = new UnitClock();
    ModelRef ref = unit.getModels().get(0);
    CellData data = clock.stamp(CellData.of(ref, context.dataLocation()));
    TrainedModel model = TrainedModel.load(ref, data, context);
    try (ModelCurvature sample = new ModelCurvature(model, data, settings, context.listener())) {
      return settings.getVariant().equals("paper")
          ? clock.finish(unit, CODE_VERSION, List.of(), paper(unit, sample), List.of(), List.of())
          : new CurvatureMeasurement(unit, sample, measures(settings), context).measure(clock);
    }
  }

  /**
   * The measures at a point that the settings ask for, in their order.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  List<PointMeasure> measures(CurvatureSettings settings) {
    return settings.getMeasures().stream().map(this::measure).toList();
  }

  private PointMeasure measure(String name) {
    return pointMeasures.stream()
        .filter(measure -> measure.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "measures (%s) must be among %s"
                        .formatted(name, pointMeasures.stream().map(PointMeasure::name).toList())));
  }

  static List<Measurement.Builder> paper(Unit unit, ModelCurvature sample) {
    ImageSample images = sample.images(PAPER_EXAMPLES);
    CurvatureRows rows = new CurvatureRows(unit, images, CurvatureSettings.newBuilder().build());
    String id = sample.model().streams();
    LinearOperator hessian = sample.whole(images);
    PaperCurvature procedure = PaperCurvature.ofStudy();
    List<Measurement.Builder> values =
        List.of(
            rows.paper("top_eigenvalue", procedure.topEigenvalue(hessian, id)),
            rows.paper("trace", procedure.trace(hessian, id)));
    sample.flaw().ifPresent(flaw -> CurvatureRows.doubt(values, flaw));
    return values;
  }
}
