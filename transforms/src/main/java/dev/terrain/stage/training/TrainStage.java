package dev.terrain.stage.training;

import dev.terrain.model.Architectures;
import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.MeasurementRows;
import dev.terrain.stage.NetworkTensors;
import dev.terrain.stage.StackMember;
import dev.terrain.stage.StackingStage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.surface.Weights;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.StreamNames;
import dev.terrain.training.Trainer;
import dev.terrain.training.TrainingListener;
import dev.terrain.training.TrainingResult;
import dev.terrain.training.TrainingStack;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.StopReason;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Trains models, stores their weights and evaluates them anew in eval mode. */
public final class TrainStage implements StackingStage {
  /** Name of the stage. */
  public static final String NAME = "train";

  /** Raised whenever the same spec would give other weights or losses. */
  static final int CODE_VERSION = 2;

  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public double nominalSeconds(Unit unit, CellCost cost) {
    ModelSpec spec = unit.getModels().get(0).getSpec();
    int batch = Math.min(spec.getBatchSize(), cost.training());
    int whole = cost.training() / batch;
    boolean rest = spec.getIncompleteBatch().equals("keep") && cost.training() % batch > 0;
    double steps = rest ? whole + 1 : whole;
    double images = rest ? cost.training() : (double) whole * batch;
    return spec.getEpochs() * cost.pass(steps, images, CellCost.GRADIENT)
        + cost.evaluation((double) cost.training() + cost.test());
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    Training training = Training.of(unit, context, new UnitClock());
    return result(training, training.trainer().train());
  }

  @Override
  public Optional<String> stackKey(Unit unit, StageContext context) throws IOException {
    ModelSpec spec = unit.getModels().get(0).getSpec();
    CellData data = CellData.of(unit.getModels().get(0), context.dataLocation());
    int rest = data.trainingSize() % spec.getBatchSize();
    boolean single = spec.getBatchSize() == 1 || rest == 1;
    if (single || !NetworkTrainer.stacks(Network.of(spec, data.shape()))) {
      // Products with a single row are rounded otherwise in a stack.
      return Optional.empty();
    }
    return Optional.of(
        Fingerprints.of(
            "stack",
            data.trainingId(),
            Architectures.of(spec).identity(spec).toString(),
            spec.getBatchSize(),
            spec.getIncompleteBatch(),
            spec.getOptimizer()));
  }

  @Override
  public int stackSize(Unit unit, StageContext context) {
    ModelRef model = unit.getModels().get(0);
    try {
      ImageShape shape = CellData.of(model, context.dataLocation()).shape();
      return StackSize.of(model.getSpec(), Network.of(model.getSpec(), shape), shape.pixels());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void computeStack(List<StackMember> members) {
    Map<Trainer, Member> trainings = new HashMap<>();
    List<Trainer> trainers = new ArrayList<>();
    for (StackMember member : members) {
      try {
        Training training = Training.of(member.unit(), member.context(), member.clock());
        trainers.add(training.trainer());
        trainings.put(training.trainer(), new Member(member, training));
      } catch (IOException | RuntimeException e) {
        member.fail(e);
      }
    }
    new TrainingStack(
            trainers,
            (trainer, result) -> complete(Objects.requireNonNull(trainings.get(trainer)), result),
            (trainer, failure) ->
                Objects.requireNonNull(trainings.get(trainer)).member().fail(failure))
        .train();
  }

  private record Member(StackMember member, Training training) {}

  private static void complete(Member member, TrainingResult trained) {
    UnitResult result;
    try {
      result = result(member.training(), trained);
    } catch (IOException | RuntimeException e) {
      member.member().fail(e);
      return;
    }
    member.member().complete(result);
  }

  /** The training of a unit. */
  private record Training(
      Unit unit,
      StageContext context,
      UnitClock clock,
      CellData data,
      Network network,
      Trainer trainer) {

    static Training of(Unit unit, StageContext context, UnitClock clock) throws IOException {
      ModelRef model = unit.getModels().get(0);
      CellData data = clock.stamp(CellData.of(model, context.dataLocation()));
      Network network = Network.of(model.getSpec(), data.shape());
      Trainer trainer =
          new Trainer(
              model.getSpec(),
              StreamNames.ofModel(model.getSpec()),
              network,
              data.training(),
              new SavedProgress(context.checkpoints(), model.getModelId(), unit.getKey()),
              listener(context),
              context.saveEvery());
      return new Training(unit, context, clock, data, network, trainer);
    }

    private static TrainingListener listener(StageContext context) {
      return new TrainingListener() {
        @Override
        public void onStep(int examples) {
          context.listener().onTrainingStep(examples);
        }

        @Override
        public void onEpoch() {
          context.listener().onEpoch();
        }
      };
    }
  }

  /** Stores the weights and evaluates them. */
  private static UnitResult result(Training training, TrainingResult result) throws IOException {
    Unit unit = training.unit();
    ModelRef model = unit.getModels().get(0);
    CellData data = training.data();
    Network network = training.network();

    Model.Builder row = ModelRow.begin(unit, data, network, result).setCodeVersion(CODE_VERSION);
    MeasurementRows rows = new MeasurementRows(unit, CODE_VERSION);
    List<Measurement.Builder> measurements = new ArrayList<>();
    if (result.stopReason() == StopReason.DIVERGED) {
      int epoch = result.history().epochs() + 1;
      measurements.addAll(diverged(row, rows, model, "training diverged in epoch " + epoch));
    } else {
      Weights weights = new Weights(widen(result.theta()), widen(result.statistics()));
      TrainedModel trained = new TrainedModel(model, network, weights);
      Evaluation train = trained.trainingSurface(data).evaluate(weights);
      Evaluation test = trained.testSurface(data).evaluate(weights);
      if (Double.isFinite(train.loss()) && Double.isFinite(test.loss())) {
        measurements.addAll(evaluated(rows, model, "train", train));
        measurements.addAll(evaluated(rows, model, "test", test));
        List<Tensor> tensors = NetworkTensors.of(network, result.theta(), result.statistics());
        save(row, training.context().checkpoints(), model, tensors)
            .setMeasuredEpoch(result.measuredEpoch())
            .setTrainLoss(train.loss())
            .setTrainAccuracy(train.accuracy())
            .setTestLoss(test.loss())
            .setTestAccuracy(test.accuracy());
      } else {
        // No step after the last one has seen what it did to the weights.
        String reason = "training diverged: the loss of the trained weights is not finite";
        measurements.addAll(diverged(row, rows, model, reason));
      }
    }
    return training
        .clock()
        .finish(unit, CODE_VERSION, List.of(row), measurements, List.of(), List.of());
  }

  @Override
  public void recorded(Unit unit, StageContext context) throws IOException {
    context.checkpoints().deleteProgress(unit.getModels().get(0).getModelId());
  }

  private static List<Measurement.Builder> diverged(
      Model.Builder row, MeasurementRows rows, ModelRef model, String reason) {
    row.setStatus(ModelStatus.DIVERGED).setStopReason(StopReason.DIVERGED);
    List<Measurement.Builder> measurements = new ArrayList<>();
    for (String metric : List.of("train_loss", "train_accuracy", "test_loss", "test_accuracy")) {
      measurements.add(
          rows.ofModel(model)
              .setMetric(metric)
              .setUnit(metric.endsWith("loss") ? "nats" : "percent")
              .setStatus(MeasurementStatus.UNDEFINED)
              .setReason(reason));
    }
    return measurements;
  }

  private static Model.Builder save(
      Model.Builder row, Checkpoints checkpoints, ModelRef model, List<Tensor> tensors)
      throws IOException {
    String sha256 = checkpoints.save(model.getSpec(), model.getModelId(), tensors);
    return row.setStatus(ModelStatus.TRAINED)
        .setCheckpointUri(Checkpoints.name(model.getModelId()))
        .setCheckpointSha256(sha256);
  }

  private static double[] widen(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static List<Measurement.Builder> evaluated(
      MeasurementRows rows, ModelRef model, String split, Evaluation evaluation) {
    long examples = evaluation.losses().length;
    return List.of(
        rows.ofModel(model)
            .setMetric(split + "_loss")
            .setUnit("nats")
            .setValue(evaluation.loss())
            .setDataStdError(examples < 2 ? null : evaluation.lossStandardError())
            .setNExamples(examples)
            .setNEvaluations(1),
        rows.ofModel(model)
            .setMetric(split + "_accuracy")
            .setUnit("percent")
            .setValue(evaluation.accuracy())
            .setDataStdError(evaluation.accuracyStandardError())
            .setNExamples(examples)
            .setNEvaluations(1));
  }
}
