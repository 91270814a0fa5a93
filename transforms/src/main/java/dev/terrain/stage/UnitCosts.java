package dev.terrain.stage;

import dev.terrain.connectivity.BezierFit;
import dev.terrain.data.InvalidDataException;
import dev.terrain.model.Architectures;
import dev.terrain.model.Network;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What units cost beside one another: their nominal times in seconds.
 *
 * <p>A nominal time is that of c calls of the engine on b images each, for a network of m
 * multiply-adds an image that passes through it p times as a forward pass does: c ({@value #CALL} +
 * b ({@value #IMAGE} + p m {@value #MULTIPLY_ADD})). The three constants are those of one core of a
 * server processor, fitted to the units of the example {@code digits.yaml}; on another machine all
 * of them are about as much longer or shorter, so times measured there, of whatever stage, scale
 * the nominal ones. What a unit does is taken from its settings: all epochs of a training, though a
 * plateau may end it earlier; of a curvature, whose products depend on the model, {@value
 * #TYPICAL_PRODUCTS} of those allowed, as in that example.
 */
public final class UnitCosts {
  /** Seconds of one forward and backward pass whatever its size. */
  private static final double CALL = 3e-4;

  /** Seconds of an image in such a pass whatever the network. */
  private static final double IMAGE = 6e-7;

  /** Seconds of a multiply-add. */
  private static final double MULTIPLY_ADD = 5e-11;

  private static final double TYPICAL_PRODUCTS = 0.4;

  /** Passes of a forward pass's cost. */
  private static final int FORWARD = 1;

  private static final int GRADIENT = 3;
  private static final int PRODUCT = 4;

  private static final double EVALUATION_BATCH = 128;

  /** Seconds of reading one model, and each of its parameters. */
  private static final double LOAD = 1e-3;

  private static final double LOAD_PARAMETER = 1e-8;

  private static final double WITHOUT_DATA = 1;

  private final String dataLocation;
  private final Map<List<Object>, Place> places = new HashMap<>();
  private final Set<String> absent = new HashSet<>();

  /**
   * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where it
   *     is by default
   */
  public UnitCosts(String dataLocation) {
    this.dataLocation = dataLocation;
  }

  /**
   * What a cell's networks and data are.
   *
   * @param training training images
   * @param test test images
   * @param multiplyAdds of a forward pass of one image
   * @param parameters of the network
   */
  private record Place(int training, int test, long multiplyAdds, int parameters) {
    double pass(double calls, double images, int passes) {
      double share = passes / (double) GRADIENT;
      return calls * CALL * share + images * (IMAGE * share + passes * multiplyAdds * MULTIPLY_ADD);
    }

    double evaluation(double images) {
      return pass(Math.ceil(images / EVALUATION_BATCH), images, FORWARD);
    }

    double load() {
      return LOAD + parameters * LOAD_PARAMETER;
    }
  }

  /**
   * Nominal time of a unit, in seconds; that of all units alike where the data are not at hand,
   * which a study's plan and standing are known without.
   *
   * @throws IOException if the storage fails
   */
  public double of(Unit unit) throws IOException {
    ModelSpec spec = unit.getModels().get(0).getSpec();
    if (absent.contains(spec.getDataset())) {
      return WITHOUT_DATA;
    }
    try {
      return of(unit, spec, place(spec));
    } catch (InvalidDataException e) {
      absent.add(spec.getDataset());
      return WITHOUT_DATA;
    }
  }

  private static double of(Unit unit, ModelSpec spec, Place place) {
    int models = unit.getModels().size();
    return models * place.load()
        + switch (unit.getStage()) {
          case TrainStage.NAME ->
              training(spec, place) + place.evaluation((double) place.training() + place.test());
          case CurvatureStage.NAME -> curvature((CurvatureSettings) unit.getSettings(), place);
          case ConnectivityStage.NAME ->
              connectivity((ConnectivitySettings) unit.getSettings(), spec, place);
          case SimilarityStage.NAME -> {
            SimilaritySettings settings = (SimilaritySettings) unit.getSettings();
            yield models * place.evaluation(Math.min(settings.getExamples(), place.training()));
          }
          default -> 0;
        };
  }

  /**
   * Nominal time of one step of a model's training, in seconds.
   *
   * @throws IOException if a data set is missing or corrupt
   */
  public double ofStep(ModelSpec spec) throws IOException {
    Place place = place(spec);
    return place.pass(1, Math.min(spec.getBatchSize(), place.training()), GRADIENT);
  }

  private static double training(ModelSpec spec, Place place) {
    int batch = Math.min(spec.getBatchSize(), place.training());
    int whole = place.training() / batch;
    boolean rest = spec.getIncompleteBatch().equals("keep") && place.training() % batch > 0;
    double steps = rest ? whole + 1 : whole;
    double images = rest ? place.training() : (double) whole * batch;
    return spec.getEpochs() * place.pass(steps, images, GRADIENT);
  }

  private static double curvature(CurvatureSettings settings, Place place) {
    double products = TYPICAL_PRODUCTS * settings.getMaxProducts() + settings.getDiagonalProducts();
    int examples = Math.min(settings.getExamples(), place.training());
    return products * place.pass(settings.getBatches(), examples, PRODUCT);
  }

  private static double connectivity(ConnectivitySettings settings, ModelSpec spec, Place place) {
    int batch = Math.min(settings.getBatchSize(), place.training());
    int stepsOfEpoch = place.training() / batch;
    double steps = (double) stepsOfEpoch * BezierFit.epochs(settings, spec.getDataFraction());
    double points = (double) settings.getPoints() + settings.getLinearPoints();
    return place.pass(steps, steps * batch, GRADIENT)
        + points * place.evaluation((double) place.training() + place.test());
  }

  private Place place(ModelSpec spec) throws IOException {
    List<Object> settings =
        List.of(spec.getDataset(), spec.getDataFraction(), Architectures.of(spec).identity(spec));
    Place known = places.get(settings);
    if (known == null) {
      CellData data = CellData.of(spec, dataLocation);
      known =
          new Place(
              data.trainingSize(),
              data.testSize(),
              Architectures.of(spec).multiplyAdds(spec, data.shape()),
              Network.of(spec, data.shape()).dimension());
      places.put(settings, known);
    }
    return known;
  }
}
