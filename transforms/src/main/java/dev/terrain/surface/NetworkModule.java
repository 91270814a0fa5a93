package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.terrain.model.Network;
import dev.terrain.model.Pass;
import dev.terrain.model.Value;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The passes of a network as methods of a TorchScript module: images go in and logits come out in
 * one call. Networks of equal shapes share a module.
 */
final class NetworkModule implements AutoCloseable {
  private static final String CLASS = "Network";
  private static final String COUNTED = "counted_outputs";

  private final SharedModule module;

  /**
   * @param source of a network's module, as {@link #source} has it
   */
  NetworkModule(String source) {
    module = SharedModule.acquire(CLASS, source);
  }

  /**
   * The logits of a batch, in the scope of {@code images}.
   *
   * @param images normalised pixels (n, channels, height, width)
   * @param theta θ
   * @param statistics s; not read in all modes, changed in some
   */
  NDArray outputs(Pass.Mode mode, NDArray images, NDArray theta, NDArray statistics) {
    return module.call(mode.method(), new NDList(images, theta, statistics)).singletonOrThrow();
  }

  /**
   * The logits of a batch in eval mode, and how many numbers all operations on the way to them
   * made.
   */
  CountedOutputs countedOutputs(NDArray images, NDArray theta, NDArray statistics) {
    NDList result = module.call(COUNTED, new NDList(images, theta, statistics));
    return new CountedOutputs(result.get(0), result.get(1).toLongArray()[0]);
  }

  record CountedOutputs(NDArray outputs, long numbers) {}

  @Override
  public void close() {
    module.release();
  }

  /** The text of a network's module; networks of equal shapes have the same. */
  static String source(Network network) {
    StringBuilder text = new StringBuilder();
    text.append("class %s(Module):\n".formatted(CLASS));
    text.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    for (Pass.Mode mode : Pass.Mode.values()) {
      Network.Script script = network.script(mode);
      text.append(signature(mode.method(), "Tensor"));
      append(text, script.pass().statements());
      text.append("    return %s\n".formatted(script.outputs()));
    }
    Network.Script script = network.script(Pass.Mode.EVALUATE);
    text.append(signature(COUNTED, "Tuple[Tensor, Tensor]"));
    append(text, script.pass().statements());
    String sizes =
        script.pass().values().stream()
            .map(Value::name)
            .map("torch.numel(%s)"::formatted)
            .collect(Collectors.joining(", ", "[", "]"));
    text.append(
        "    return (%s, torch.sum(torch.tensor(%s)))\n".formatted(script.outputs(), sizes));
    return text.toString();
  }

  private static String signature(String method, String result) {
    return "\n  def %s(self: __torch__.%s, %s: Tensor, %s: Tensor, %s: Tensor) -> %s:\n"
        .formatted(method, CLASS, Network.INPUT, Network.THETA, Network.STATISTICS, result);
  }

  private static void append(StringBuilder text, List<String> statements) {
    statements.forEach(statement -> text.append("    ").append(statement).append('\n'));
  }
}
