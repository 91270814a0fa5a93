package dev.terrain.stage.training;

import dev.terrain.model.Network;
import dev.terrain.similarity.MixupPlan;
import dev.terrain.stage.NetworkTensors;
import dev.terrain.stage.StageContext;
import dev.terrain.surface.Confirmation;
import dev.terrain.surface.ConfirmedSurface;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.Weights;
import dev.terrain.sweep.StreamNames;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoint;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.util.Optional;

/**
 * A trained model made ready to be measured.
 *
 * @param ref which model
 * @param network its network
 * @param weights its stored weights
 */
public record TrainedModel(ModelRef ref, Network network, Weights weights) {
  /**
   * A model of a unit.
   *
   * @param data of its cell
   * @throws IOException if its weights are missing, corrupt or those of another training
   */
  public static TrainedModel load(ModelRef ref, CellData data, StageContext context)
      throws IOException {
    Network network = Network.of(ref.getSpec(), data.shape());
    Checkpoint checkpoint = context.checkpoints().load(ref.getModelId());
    verify(checkpoint, ref, context);
    return new TrainedModel(ref, network, NetworkTensors.weights(network, checkpoint));
  }

  /** A training of the same model on other data has put its weights in the place of these. */
  private static void verify(Checkpoint checkpoint, ModelRef ref, StageContext context)
      throws IOException {
    Optional<UnitResult> training = context.ledger().find(TrainStage.NAME, ref.getKey());
    boolean others =
        training.stream()
            .flatMap(record -> record.getModels().stream())
            .anyMatch(row -> !checkpoint.dataSha256().equals(row.getCheckpointSha256()));
    if (others) {
      throw new IOException(
          "%s: holds the weights of another training of the model, such as one on other data; 'terrain run --force=train' makes these anew"
              .formatted(context.store().uri(Checkpoints.name(ref.getModelId()))));
    }
  }

  /** The mean loss over all training images, as a function of the weights. */
  public LossSurface trainingSurface(CellData data) {
    return new ConfirmedSurface(training(data), subject());
  }

  /** The mean loss over all test images, as a function of the weights. */
  public LossSurface testSurface(CellData data) {
    return new ConfirmedSurface(
        new NetworkSurface(network, data.test(), data.testBatches(), Precision.FLOAT32),
        subject() + " on the test images");
  }

  /** The class probabilities of mixed training images, row-major. */
  public double[] mixedProbabilities(CellData data, MixupPlan mixup) {
    return new Confirmation(subject())
        .vector(
            "the probabilities",
            () ->
                training(data)
                    .mixedProbabilities(weights, mixup.first(), mixup.second(), mixup.weight()));
  }

  private NetworkSurface training(CellData data) {
    return new NetworkSurface(network, data.training(), data.trainingBatches(), Precision.FLOAT32);
  }

  /** Names its random streams. */
  public String streams() {
    return StreamNames.ofModel(ref.getSpec());
  }

  /** What messages call it. */
  public String subject() {
    return subject(ref);
  }

  static String subject(ModelRef ref) {
    return "model " + ref.getModelId().substring(0, 12);
  }
}
