package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The TorchScript module of {@code autograd.py}: gradients and products with curvatures.
 *
 * <p>DJL's own gradient collector allows one gradient at a time in a process and none of second
 * order, but a scripted method may call {@code torch.autograd.grad}, and any number of threads may
 * run it. The module is loaded once a process and lives as long.
 */
final class AutogradModule {
  /** Name of the vectors of a block: DJL makes one list of all arrays of such a name. */
  static final String VECTOR = "vectors[]";

  private static final String GRAPH = "graph[]";

  private static final String SOURCE = "autograd.py";
  private static final String CLASS = "Autograd";

  private static final class Holder {
    static final AutogradModule INSTANCE = new AutogradModule();
  }

  private final PtSymbolBlock block;
  private final NDArray lossGradient;
  private final NDArray hessianGraph;
  private final NDArray pullingGraph;
  private final Map<ProductForm, NDArray> products = new EnumMap<>(ProductForm.class);
  private final NDArray evaluate;
  private final NDArray probabilities;

  @SuppressWarnings("MustBeClosed")
  private AutogradModule() {
    NDManager manager = Torch.newManagerOfProcess();
    block = ScriptArchive.load(manager, CLASS, source());
    lossGradient = ScriptArchive.method(manager, "loss_gradient");
    hessianGraph = ScriptArchive.method(manager, "hessian_graph");
    pullingGraph = ScriptArchive.method(manager, "pulling_graph");
    for (ProductForm form : ProductForm.values()) {
      products.put(form, ScriptArchive.method(manager, form.method()));
    }
    evaluate = ScriptArchive.method(manager, "evaluate");
    probabilities = ScriptArchive.method(manager, "probabilities");
  }

  static AutogradModule get() {
    return Holder.INSTANCE;
  }

  /**
   * Mean loss and number of hits as one float64 array, and the gradient of the mean loss, in the
   * scope of {@code losses}.
   */
  NDList lossGradient(NDArray losses, NDArray outputs, NDArray labels, NDArray theta) {
    return call(losses, outputs, labels, theta, lossGradient);
  }

  /**
   * What products with the Hessian of the mean loss are computed from, in the scope of {@code
   * losses}.
   */
  NDList hessianGraph(NDArray losses, NDArray theta) {
    return named(call(losses, theta, hessianGraph));
  }

  /**
   * What products with matrices J'SJ are computed from, J the Jacobian of the outputs, in the scope
   * of {@code outputs}.
   *
   * @param losses of each image at {@code at}
   * @param at the outputs, cut off from θ
   */
  NDList pullingGraph(NDArray outputs, NDArray theta, NDArray losses, NDArray at) {
    return named(call(outputs, theta, losses, at, pullingGraph));
  }

  private static NDList named(NDList graph) {
    graph.forEach(array -> array.setName(GRAPH));
    return graph;
  }

  /**
   * The products of a curvature of a batch with some vectors, in the scope of the vectors.
   *
   * @param vectors each named {@link #VECTOR}
   * @param graph from {@link #hessianGraph} or {@link #pullingGraph}, which it outlives
   */
  NDList products(ProductForm form, List<NDArray> vectors, NDList graph, NDArray theta) {
    NDList arguments = new NDList(vectors);
    arguments.addAll(graph);
    arguments.add(theta);
    arguments.add(products.get(form));
    return IValueUtils.forward(block, arguments, true);
  }

  /** Loss (float64) and hit (uint8) of each image, in the scope of {@code losses}. */
  NDList evaluate(NDArray losses, NDArray outputs, NDArray labels) {
    return call(losses, outputs, labels, evaluate);
  }

  /** Softmax of each row in float64, in the scope of {@code outputs}. */
  NDArray probabilities(NDArray outputs) {
    return call(outputs, probabilities).singletonOrThrow();
  }

  private NDList call(NDArray... arguments) {
    return IValueUtils.forward(block, new NDList(arguments), true);
  }

  private static String source() {
    try (InputStream source = AutogradModule.class.getResourceAsStream(SOURCE)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
