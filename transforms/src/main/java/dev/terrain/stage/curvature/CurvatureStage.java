package dev.terrain.stage.curvature;

import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.panel.CurvatureRoom;
import dev.terrain.curvature.panel.PaperCurvature;
import dev.terrain.data.ImageSample;
import dev.terrain.model.Network;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.CellNetwork;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.NetworkProblem;
import dev.terrain.stage.Scope;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.DeterminismCheck;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.sweep.SettingProblems;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the curvature of the loss at the stored weights of one trained model, in eval mode, on
 * the first training images of a seeded order that all models of a training set share. Its parts:
 * the spectrum of a curvature matrix, or its trace alone, or top eigenvalue and trace as the study
 * measured them; the diagonal; and each further measure, by its name.
 */
public final class CurvatureStage implements MeasurementStage<CurvatureSettings> {
  /** Name of the stage. */
  public static final String NAME = "curvature";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 5;

  static final long SUBSET_SEED = 0;

  /** The part that measures eigenvalues, trace and density. */
  static final String SPECTRUM = "spectrum";

  /** The part that measures the diagonal. */
  static final String DIAGONAL = "diagonal";

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
  public List<String> parts(CurvatureSettings settings) {
    if (isPaper(settings)) {
      return List.of(SPECTRUM);
    }
    List<String> parts = new ArrayList<>();
    parts.add(SPECTRUM);
    parts.addAll(settings.getMeasures());
    if (settings.getDiagonalProducts() > 0) {
      parts.add(DIAGONAL);
    }
    return parts;
  }

  /** As all of it was keyed while it was one unit. */
  @Override
  public CurvatureSettings keyed(CurvatureSettings settings) {
    return CurvatureSettings.newBuilder(settings)
        .setMeasures(settings.getMeasures().stream().sorted().toList())
        .setParameters(settings.getParameters().stream().sorted().toList())
        .setMaxGraphMib(UNKEYED.getMaxGraphMib())
        .build();
  }

  @Override
  public CurvatureSettings keyed(CurvatureSettings settings, String part) {
    return switch (part) {
      case WHOLE -> keyed(settings);
      case SPECTRUM ->
          CurvatureSettings.newBuilder(keyed(settings))
              .setMeasures(UNKEYED.getMeasures())
              .setDiagonalProducts(UNKEYED.getDiagonalProducts())
              .build();
      case DIAGONAL ->
          CurvatureSettings.newBuilder(UNKEYED)
              .setOperator(settings.getOperator())
              .setLoss(settings.getLoss())
              .setParameters(settings.getParameters().stream().sorted().toList())
              .setExamples(settings.getExamples())
              .setBatches(settings.getBatches())
              .setRelativeError(settings.getRelativeError())
              .setMaxMemoryMib(settings.getMaxMemoryMib())
              .setDiagonalProducts(settings.getDiagonalProducts())
              .build();
      default ->
          CurvatureSettings.newBuilder(UNKEYED)
              .setLoss(settings.getLoss())
              .setExamples(settings.getExamples())
              .setMaxExamples(settings.getMaxExamples())
              .setBatches(settings.getBatches())
              .setRelativeError(settings.getRelativeError())
              .build();
    };
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
    if (isPaper(settings)) {
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

  /** Of the products allowed a typical spectrum makes a part, as in {@code digits.yaml}. */
  @Override
  public double nominalSeconds(Unit unit, CurvatureSettings settings, CellCost cost) {
    int examples = Math.min(settings.getExamples(), cost.training());
    double product = cost.pass(settings.getBatches(), examples, CellCost.PRODUCT);
    double gradient = cost.pass(settings.getBatches(), examples, CellCost.GRADIENT);
    double check = DeterminismCheck.GRADIENTS * gradient;
    return switch (unit.getPart()) {
      case SPECTRUM -> check + TYPICAL_PRODUCTS * settings.getMaxProducts() * product;
      case DIAGONAL -> check + settings.getDiagonalProducts() * product;
      default -> check + measure(unit.getPart()).gradients() * gradient;
    };
  }

  @Override
  public UnitResult compute(Unit unit, CurvatureSettings settings, StageContext context)
      throws IOException {
    UnitClock clock = new UnitClock();
    ModelRef ref = unit.getModels().get(0);
    CellData data = clock.stamp(CellData.of(ref, context.dataLocation()));
    TrainedModel model = TrainedModel.load(ref, data, context);
    try (ModelCurvature sample = new ModelCurvature(model, data, settings, context.listener())) {
      return switch (unit.getPart()) {
        case SPECTRUM ->
            isPaper(settings)
                ? clock.finish(unit, CODE_VERSION, paper(unit, sample))
                : new SpectrumMeasurement(unit, sample, context).measure(clock);
        case DIAGONAL -> new DiagonalMeasurement(unit, sample, context).measure(clock);
        default -> new PointMeasurement(unit, sample, measure(unit.getPart())).measure(clock);
      };
    }
  }

  private static boolean isPaper(CurvatureSettings settings) {
    return settings.getVariant().equals("paper");
  }

  /**
   * The measure at a point of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  PointMeasure measure(String name) {
    return PointMeasures.named(name, pointMeasures);
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
