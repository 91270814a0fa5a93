package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import dev.terrain.registry.Extension;
import dev.terrain.v1.ModelSpec;
import java.util.List;
import java.util.Map;

/**
 * A rule that turns gradients into steps. It keeps nothing itself: what it remembers from step to
 * step lies in buffers that it names, which are saved and restored with the weights. To add one,
 * list it in {@link Optimizers}.
 */
public interface Optimizer extends Extension {
  @Override
  default String kind() {
    return "optimizer";
  }

  /**
   * Names of its buffers, vectors as long as θ that begin with zeros; other names than {@value
   * GradientDescent#THETA} and {@value GradientDescent#STATISTICS}.
   */
  List<String> buffers();

  /**
   * Takes a step: changes θ and the buffers in place, as the engine's float32 vectors. What it
   * makes on the way is freed afterwards; gradients are off.
   *
   * @param theta θ
   * @param buffers its buffers by their names
   * @param gradient of the batch's mean loss at θ, without weight decay; may be changed
   * @param step how to go
   */
  void step(NDArray theta, Map<String, NDArray> buffers, NDArray gradient, Step step);

  /**
   * How one step is to go.
   *
   * @param spec settings of the training
   * @param rate learning rate, from the schedule
   * @param number of the step, from 1, through all epochs
   */
  record Step(ModelSpec spec, double rate, long number) {}
}
