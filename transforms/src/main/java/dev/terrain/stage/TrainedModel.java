package dev.terrain.stage;

import dev.terrain.model.Network;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.Weights;
import dev.terrain.v1.ModelRef;
import java.io.IOException;

/**
 * A trained model made ready to be measured.
 *
 * @param ref which model
 * @param network its network
 * @param weights its stored weights
 */
record TrainedModel(ModelRef ref, Network network, Weights weights) {
  static TrainedModel load(ModelRef ref, CellData data, StageContext context) throws IOException {
    Network network = Network.of(ref.getSpec(), data.shape());
    return new TrainedModel(
        ref,
        network,
        NetworkTensors.weights(network, context.checkpoints().load(ref.getModelId())));
  }

  NetworkSurface trainingSurface(CellData data) {
    return new NetworkSurface(network, data.training(), data.trainingBatches(), Precision.FLOAT32);
  }

  NetworkSurface testSurface(CellData data) {
    return new NetworkSurface(network, data.test(), data.testBatches(), Precision.FLOAT32);
  }
}
