package dev.terrain.stage.training;

import dev.terrain.stage.CellCost;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.surface.EngineArithmetic;
import dev.terrain.surface.Processor;
import dev.terrain.surface.Torch;
import dev.terrain.surface.Weights;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Verifies the stored weights of a trained model, before anything is measured of them: the file is
 * whole and this model's, its tensors are those that the training recorded (SHA-256) and have the
 * network's names and shapes, all numbers are finite, and their training loss is the recorded one.
 *
 * <p>A unit adds no rows: its record says that the weights are sound. A file that is damaged later
 * is found by its SHA-256 whenever it is read.
 */
public final class CheckpointStage implements Stage {
  /** Name of the stage. */
  public static final String NAME = "checkpoint";

  /** Raised whenever more is verified. */
  static final int CODE_VERSION = 1;

  private static final long serialVersionUID = 1;

  /** By how much other kernels may change a loss: a few hundred roundings of single precision. */
  private static final double RELATIVE_TOLERANCE = 1e-4;

  /** The same for losses near 0, in nats: roundings of outputs of ordinary size. */
  private static final double ABSOLUTE_TOLERANCE = 1e-6;

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
    return cost.evaluation(cost.training());
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    UnitClock clock = new UnitClock();
    ModelRef model = unit.getModels().get(0);
    Model row = row(model, context);
    CellData data = clock.stamp(CellData.of(model, context.dataLocation()));
    TrainedModel trained = TrainedModel.load(model, data, context);
    String file = context.store().uri(Checkpoints.name(model.getModelId()));
    requireFinite(trained.weights(), file);
    double loss = trained.trainingSurface(data).evaluate(trained.weights()).loss();
    requireRecorded(loss, row, file);
    return clock.finish(unit, CODE_VERSION, List.of(), List.of(), List.of(), List.of());
  }

  private static Model row(ModelRef model, StageContext context) throws IOException {
    return context.ledger().find(TrainStage.NAME, model.getKey()).stream()
        .flatMap(training -> training.getModels().stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "%s: the ledger has no training of the model that it is to be held against"
                        .formatted(context.store().uri(Checkpoints.name(model.getModelId())))));
  }

  private static void requireFinite(Weights weights, String file) throws IOException {
    long others =
        DoubleStream.concat(Arrays.stream(weights.theta()), Arrays.stream(weights.statistics()))
            .filter(value -> !Double.isFinite(value))
            .count();
    if (others > 0) {
      throw new IOException(
          "%s: %d of its numbers are not finite; 'terrain run --force=train' makes these weights anew"
              .formatted(file, others));
    }
  }

  /** The same kernels give the same bits; others round differently. */
  private static void requireRecorded(double loss, Model row, String file) throws IOException {
    double recorded = row.getTrainLoss();
    double allowed =
        isOfThisEngine(row) ? 0 : ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(recorded);
    if (!(Math.abs(loss - recorded) <= allowed)) {
      throw new IOException(
          "%s: its training loss is %s nats, and the training recorded %s; 'terrain doctor' examines this machine, 'terrain run --force=train' makes these weights anew"
              .formatted(file, loss, recorded));
    }
  }

  private static boolean isOfThisEngine(Model row) {
    Processor processor = Processor.ofThisMachine();
    return Objects.equals(row.getEngineBuild(), Torch.build())
        && Objects.equals(row.getArithmetic(), EngineArithmetic.ofThisProcess().name())
        && Objects.equals(row.getProcessor(), processor.name())
        && Objects.equals(row.getInstructionSet(), processor.instructionSet());
  }
}
