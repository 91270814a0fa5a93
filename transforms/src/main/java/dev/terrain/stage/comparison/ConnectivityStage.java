package dev.terrain.stage.comparison;

import dev.terrain.connectivity.BezierFit;
import dev.terrain.connectivity.ModeConnection;
import dev.terrain.connectivity.PathDeviation;
import dev.terrain.connectivity.PathEvaluation;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.CellNetwork;
import dev.terrain.stage.HeardSurface;
import dev.terrain.stage.MeasurementRows;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.NetworkProblem;
import dev.terrain.stage.Prolongation;
import dev.terrain.stage.Scope;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.EngineFaultException;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.PathKind;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Connects two trained models of a cell by a fitted Bezier curve and by a straight line. */
public final class ConnectivityStage implements MeasurementStage<ConnectivitySettings> {
  /** Name of the stage. */
  public static final String NAME = "connectivity";

  /** Raised whenever the same weights would give other values. */
  static final int CODE_VERSION = 1;

  private static final ConnectivitySettings UNKEYED = ConnectivitySettings.newBuilder().build();
  private static final long serialVersionUID = 1;
  private static final String PAPER = "paper";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public Class<ConnectivitySettings> settingsType() {
    return ConnectivitySettings.class;
  }

  @Override
  public List<MetricInfo> metrics() {
    return ConnectivityMetrics.all();
  }

  @Override
  public Scope scope() {
    return new Scope.Pair();
  }

  /** Which other pairs are connected has no influence on one. */
  @Override
  public ConnectivitySettings keyed(ConnectivitySettings settings) {
    return ConnectivitySettings.newBuilder(settings).setPairs(UNKEYED.getPairs()).build();
  }

  /** Only where all pairs are connected does a pair not depend on the models that are to come. */
  @Override
  public List<List<ModelRef>> groups(
      List<ModelRef> trained, boolean allEnded, ConnectivitySettings settings) {
    boolean all = settings.getPairs().equals("all");
    int n = trained.size();
    List<List<ModelRef>> pairs = new ArrayList<>();
    if (!all && !allEnded) {
      return pairs;
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        boolean next = j == i + 1 || (i == 0 && j == n - 1);
        boolean selected =
            switch (settings.getPairs()) {
              case "first" -> i == 0 && j == 1;
              case "ring" -> next;
              case "all" -> true;
              default ->
                  throw new IllegalArgumentException(
                      "pairs (" + settings.getPairs() + ") must be first, ring or all");
            };
        if (selected) {
          pairs.add(List.of(trained.get(i), trained.get(j)));
        }
      }
    }
    return pairs;
  }

  @Override
  public Optional<NetworkProblem> problem(ConnectivitySettings settings, CellNetwork cell) {
    return settings.getBatchSize() == 1 && cell.normalisesSingleValues()
        ? Optional.of(
            new NetworkProblem(
                "batch_size", "1: " + cell.cannotTakeSingleImages() + "; must be at least 2"))
        : Optional.empty();
  }

  @Override
  public double nominalSeconds(Unit unit, ConnectivitySettings settings, CellCost cost) {
    double dataFraction = unit.getModels().get(0).getSpec().getDataFraction();
    int batch = Math.min(settings.getBatchSize(), cost.training());
    int stepsOfEpoch = cost.training() / batch;
    double steps = (double) stepsOfEpoch * BezierFit.epochs(settings, dataFraction);
    double points = (double) settings.getPoints() + settings.getLinearPoints();
    return cost.pass(steps, steps * batch, CellCost.GRADIENT)
        + points * cost.evaluation((double) cost.training() + cost.test());
  }

  @Override
  public Optional<Prolongation> prolongation(Unit unit, ConnectivitySettings settings) {
    int setting = settings.getEpochs();
    double dataFraction = unit.getModels().get(0).getSpec().getDataFraction();
    long epochs = BezierFit.epochs(settings, dataFraction);
    return epochs > setting
        ? Optional.of(new Prolongation(dataFraction, setting, epochs))
        : Optional.empty();
  }

  @Override
  public UnitResult compute(Unit unit, ConnectivitySettings settings, StageContext context)
      throws IOException {
    UnitClock clock = new UnitClock();
    ModelRef first = unit.getModels().get(0);
    ModelRef second = unit.getModels().get(1);
    CellData data = clock.stamp(CellData.of(first, context.dataLocation()));
    TrainedModel a = TrainedModel.load(first, data, context);
    TrainedModel b = TrainedModel.load(second, data, context);
    String pairId = Fingerprints.of("pair", a.streams(), b.streams());
    SavedFit saved = new SavedFit(unit, context);
    ModeConnection connection;
    try {
      connection =
          ModeConnection.measure(
              new HeardSurface(a.trainingSurface(data), context.listener()),
              a.testSurface(data),
              a.weights(),
              b.weights(),
              settings,
              first.getSpec().getDataFraction(),
              settings.getVariant().equals(PAPER) ? randomControlPoint(a, pairId) : null,
              pairId,
              saved);
    } catch (EngineFaultException e) {
      // What the engine computed before is as doubtful, so the next attempt begins anew.
      saved.delete();
      throw e;
    }

    MeasurementRows rows = new MeasurementRows(unit, CODE_VERSION);
    int examples = data.training().size();
    return clock.finish(
        unit,
        CODE_VERSION,
        List.of(),
        List.of(
            row(rows.ofPair(first, second), connection.modeConnectivity(), examples)
                .setMetric("mode_connectivity")
                .setVariant(settings.getVariant())
                .setUnit("percent")
                .setNEvaluations(connection.gradients()),
            row(rows.ofPair(first, second), connection.frankleBarrier(), examples)
                .setMetric("linear_barrier")
                .setVariant("frankle")
                .setUnit("percent")
                .setNEvaluations(settings.getLinearPoints()),
            row(rows.ofPair(first, second), connection.entezariBarrier(), examples)
                .setMetric("linear_barrier")
                .setVariant("entezari")
                .setUnit("nats")
                .setNEvaluations(settings.getLinearPoints())),
        List.of(),
        List.of(
            path(unit, settings, PathKind.BEZIER, connection, connection.bezier())
                .setNEvaluations(connection.gradients()),
            path(unit, settings, PathKind.LINEAR, connection, connection.linear())
                .setNEvaluations(0)));
  }

  @Override
  public void recorded(Unit unit, StageContext context) throws IOException {
    new SavedFit(unit, context).delete();
  }

  private static double[] randomControlPoint(TrainedModel model, String pairId) {
    float[] control = model.network().randomControlPoint(pairId);
    return IntStream.range(0, control.length).mapToDouble(i -> control[i]).toArray();
  }

  private static Measurement.Builder row(
      Measurement.Builder row, PathDeviation deviation, int examples) {
    return row.setValue(deviation.value())
        .setDataStdError(deviation.dataStandardError())
        .setNExamples(examples);
  }

  private static LossPath.Builder path(
      Unit unit,
      ConnectivitySettings settings,
      PathKind kind,
      ModeConnection connection,
      PathEvaluation path) {
    return LossPath.newBuilder()
        .setCellId(unit.getCellId())
        .setModelId(unit.getModels().get(0).getModelId())
        .setOtherModelId(unit.getModels().get(1).getModelId())
        .setKind(kind)
        .setVariant(settings.getVariant())
        .setT(boxed(path.positions()))
        .setTrainLoss(boxed(path.trainLosses()))
        .setTrainError(boxed(path.trainErrors()))
        .setTestLoss(boxed(path.testLosses()))
        .setTestError(boxed(path.testErrors()))
        .setSegmentLengths(boxed(path.segmentLengths()))
        .setEndpointDeviation(connection.endpointDeviation())
        .setSeed(0)
        .setKey(unit.getKey())
        .setCodeVersion(CODE_VERSION);
  }

  private static List<Double> boxed(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
