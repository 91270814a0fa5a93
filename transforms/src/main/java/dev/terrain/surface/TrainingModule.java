package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import java.util.List;

/**
 * Steps of gradient descent as a method of a TorchScript module: any number of them, of all members
 * of a stack, in one call. Networks of one shape under one optimiser share a module.
 *
 * <p>A network with an operation that is not defined for stacks is trained in stacks of one, by the
 * operations of one network.
 */
final class TrainingModule implements AutoCloseable {
  private final SharedModule module;

  /**
   * That of a network and an optimiser on images of one kind.
   *
   * @param images their shape, and how bytes are normalised
   * @param normalised whether images are given as normalised pixels instead of bytes
   */
  TrainingModule(Network network, Optimizer optimizer, LabelledImages images, boolean normalised) {
    module =
        SharedModule.acquire(
            TrainingScript.CLASS,
            new TrainingScript(network, optimizer, images, normalised).source());
  }

  /**
   * Takes steps, in place.
   *
   * @param images all bytes or normalised pixels, (N, pixels of an image)
   * @param labels (N), int64
   * @param order positions of the images, (steps, S, batch), int64
   * @param rates (steps, S, 1), float32
   * @param numbers of the steps, (steps, S, 1), float64
   * @param state θ and the statistics, (S, …), then the optimiser's buffers and coefficients in
   *     their order
   * @return losses and hits, float64, (2, steps, S), in the scope of {@code order}
   */
  NDArray train(
      NDArray order,
      NDArray images,
      NDArray labels,
      NDArray rates,
      NDArray numbers,
      List<NDArray> state) {
    NDList arguments = new NDList(order, images, labels, rates, numbers);
    arguments.addAll(state);
    return module.call(TrainingScript.METHOD, arguments).singletonOrThrow();
  }

  @Override
  public void close() {
    module.release();
  }
}
