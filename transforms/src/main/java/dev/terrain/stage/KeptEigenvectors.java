package dev.terrain.stage;

import dev.terrain.hessian.Eigenpair;
import dev.terrain.store.Checkpoints;
import dev.terrain.store.Tensor;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Eigenvectors stored beside their model, cut into the network's arrays: tensor {@code i.name} is
 * the part of array {@code name} in the eigenvector of the (i + 1)-th largest eigenvalue.
 *
 * @param uri of the file; null if none were stored
 * @param sha256 of its tensors' bytes, hex; null if none were stored
 */
record KeptEigenvectors(String uri, String sha256) {

  static KeptEigenvectors save(
      List<Eigenpair> largest, int count, Unit unit, TrainedModel model, StageContext context)
      throws IOException {
    int stored = Math.min(count, largest.size());
    if (stored == 0) {
      return new KeptEigenvectors(null, null);
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < stored; i++) {
      String prefix = i + ".";
      for (Tensor part : NetworkTensors.parameters(model.network(), largest.get(i).vector())) {
        tensors.add(new Tensor(prefix + part.name(), part.shape(), part.values()));
      }
    }
    String modelId = model.ref().getModelId();
    String sha256 = context.checkpoints().saveEigenvectors(modelId, unit.getKey(), tensors);
    String name = Checkpoints.eigenvectorsName(modelId, unit.getKey());
    return new KeptEigenvectors(context.store().uri(name), sha256);
  }
}
