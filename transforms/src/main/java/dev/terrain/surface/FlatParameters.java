package dev.terrain.surface;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each parameter of a network its view of the flat vectors θ and s. The views of θ come from
 * one split, whose backward is one concatenation; slices would each fill a vector of length d.
 */
final class FlatParameters extends ParameterStore {
  private final IdentityHashMap<Parameter, NDArray> views = new IdentityHashMap<>();

  /**
   * @param scope where the views live
   */
  FlatParameters(NDManager scope, Network network, NDArray theta, NDArray statistics) {
    super(scope, false);
    addViews(scope, network.parameters(), theta);
    addViews(scope, network.statistics(), statistics);
  }

  private void addViews(NDManager scope, List<ParameterSlot> slots, NDArray flat) {
    if (slots.isEmpty()) {
      return;
    }
    long[] starts = slots.stream().skip(1).mapToLong(ParameterSlot::offset).toArray();
    NDList parts = flat.split(starts);
    for (int i = 0; i < slots.size(); i++) {
      NDArray part = parts.get(i);
      if (part != flat) {
        part.attach(scope);
      }
      NDArray view = part.reshape(slots.get(i).shape());
      view.attach(scope);
      views.put(slots.get(i).parameter(), view);
    }
  }

  @Override
  public @Nullable NDArray getValue(Parameter parameter, Device device, boolean training) {
    return views.get(parameter);
  }
}
