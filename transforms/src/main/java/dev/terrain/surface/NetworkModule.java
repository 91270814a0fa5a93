package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import dev.terrain.model.Network;
import dev.terrain.model.Pass;
import dev.terrain.model.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The passes of a network as methods of a TorchScript module: images go in and logits come out in
 * one call. Networks of equal shapes share a module, which lives as long as the process; any number
 * of threads may run it.
 */
final class NetworkModule {
  private static final String CLASS = "Network";
  private static final String COUNTED = "counted_outputs";

  private static final Map<String, NetworkModule> OF_SOURCE = new ConcurrentHashMap<>();

  private final PtSymbolBlock block;
  private final Map<Pass.Mode, NDArray> methods = new EnumMap<>(Pass.Mode.class);
  private final NDArray counted;

  private NetworkModule(String source) {
    NDManager manager = Torch.newManagerOfProcess();
    block = ScriptArchive.load(manager, CLASS, source);
    for (Pass.Mode mode : Pass.Mode.values()) {
      methods.put(mode, ScriptArchive.method(manager, mode.method()));
    }
    counted = ScriptArchive.method(manager, COUNTED);
  }

  /** That of a network. */
  static NetworkModule of(Network network) {
    return OF_SOURCE.computeIfAbsent(source(network), NetworkModule::new);
  }

  /**
   * The logits of a batch, in the scope of {@code images}.
   *
   * @param images normalised pixels (n, channels, height, width)
   * @param theta θ
   * @param statistics s; not read in all modes, changed in some
   */
  NDArray outputs(Pass.Mode mode, NDArray images, NDArray theta, NDArray statistics) {
    NDList arguments = new NDList(images, theta, statistics, methods.get(mode));
    return IValueUtils.forward(block, arguments, true).singletonOrThrow();
  }

  /**
   * The logits of a batch in eval mode, and how many numbers all operations on the way to them
   * made.
   */
  CountedOutputs countedOutputs(NDArray images, NDArray theta, NDArray statistics) {
    NDList result =
        IValueUtils.forward(block, new NDList(images, theta, statistics, counted), true);
    return new CountedOutputs(result.get(0), result.get(1).toLongArray()[0]);
  }

  record CountedOutputs(NDArray outputs, long numbers) {}

  private static String source(Network network) {
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
