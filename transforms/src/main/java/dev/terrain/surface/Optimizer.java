package dev.terrain.surface;

import dev.terrain.registry.Extension;
import java.util.List;

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

  /** Names of the settings, all of them numbers, that its statements read. */
  List<String> coefficients();

  /**
   * A step, as statements in the dialect of TorchScript's archives, each an assignment. It changes
   * {@code theta} and the buffers in place and may change nothing else.
   *
   * <p>Variables, for a stack of S networks: {@code theta} and the buffers by their names, (S, d),
   * float32; {@code gradient} of each batch's mean loss without weight decay, alike; {@code rate},
   * the learning rate, and the coefficients by their names, (S, 1), float32; {@code number} of the
   * step, from 1, through all epochs, (S, 1), float64. Operations must take each row, or each
   * number, by itself.
   */
  List<String> statements();
}
