package dev.terrain.stage.curvature;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.stage.NetworkTensors;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.v1.Unit;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of a curvature measurement, stored beside their model, cut into the network's arrays.
 *
 * @param uri of the file; null if none were stored
 * @param sha256 of its tensors' bytes, hex; null if none were stored
 */
record KeptVectors(@Nullable String uri, @Nullable String sha256) {

  /**
   * Where vectors go.
   *
   * @param subset the parameters that their components belong to
   */
  record Place(Unit unit, TrainedModel model, ParameterSubset subset, StageContext context) {
    private List<Tensor> cut(double[] vector) {
      return NetworkTensors.parameters(model.network(), subset, vector);
    }

    private KeptVectors save(String kind, List<Tensor> tensors) throws IOException {
      String modelId = model.ref().getModelId();
      String sha256 = context.checkpoints().saveVectors(kind, modelId, unit.getKey(), tensors);
      String name = Checkpoints.vectorsName(kind, modelId, unit.getKey());
      return new KeptVectors(context.store().uri(name), sha256);
    }
  }

  /**
   * Stores eigenvectors: tensor {@code i.name} is the part of array {@code name} in the eigenvector
   * of the (i + 1)-th largest eigenvalue.
   */
  static KeptVectors eigenvectors(List<Eigenpair> largest, int count, Place place)
      throws IOException {
    int stored = Math.min(count, largest.size());
    if (stored == 0) {
      return new KeptVectors(null, null);
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < stored; i++) {
      String prefix = i + ".";
      for (Tensor part : place.cut(largest.get(i).vector())) {
        tensors.add(new Tensor(prefix + part.name(), part.shape(), part.values()));
      }
    }
    return place.save(Checkpoints.EIGENVECTORS, tensors);
  }

  /** Stores a matrix's diagonal: tensor {@code name} holds the entries of array {@code name}. */
  static KeptVectors diagonal(double[] entries, Place place) throws IOException {
    return place.save(Checkpoints.DIAGONAL, place.cut(entries));
  }
}
