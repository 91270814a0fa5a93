package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The TorchScript module of {@code autograd.py}: gradients, products with curvatures and the
 * optimiser's step.
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
  private static final String ARCHIVE = "autograd";

  /**
   * Pickle of an object of class {@code __torch__.Autograd} whose only attribute is {@code training
   * = True}.
   */
  private static final byte[] OBJECT =
      concatenate(
          new byte[] {(byte) 0x80, 2},
          "c__torch__\nAutograd\n)".getBytes(StandardCharsets.US_ASCII),
          new byte[] {(byte) 0x81},
          "}(X".getBytes(StandardCharsets.US_ASCII),
          new byte[] {8, 0, 0, 0},
          "training".getBytes(StandardCharsets.US_ASCII),
          new byte[] {(byte) 0x88},
          "ub.".getBytes(StandardCharsets.US_ASCII));

  /** Pickle of an empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private static final class Holder {
    static final AutogradModule INSTANCE = new AutogradModule();
  }

  private final PtSymbolBlock block;
  private final NDArray lossGradient;
  private final NDArray crossEntropyGradient;
  private final NDArray hessianGraph;
  private final NDArray pullingGraph;
  private final Map<ProductForm, NDArray> products = new EnumMap<>(ProductForm.class);
  private final NDArray evaluate;
  private final NDArray probabilities;

  @SuppressWarnings("MustBeClosed")
  private AutogradModule() {
    NDManager manager = Torch.newManagerOfProcess();
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lossGradient = methodName(manager, "loss_gradient");
    crossEntropyGradient = methodName(manager, "cross_entropy_gradient");
    hessianGraph = methodName(manager, "hessian_graph");
    pullingGraph = methodName(manager, "pulling_graph");
    for (ProductForm form : ProductForm.values()) {
      products.put(form, methodName(manager, form.method()));
    }
    evaluate = methodName(manager, "evaluate");
    probabilities = methodName(manager, "probabilities");
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

  /** The same for the cross-entropy, in one call and in the scope of {@code outputs}. */
  NDList crossEntropyGradient(NDArray outputs, NDArray labels, NDArray theta) {
    return call(outputs, labels, theta, crossEntropyGradient);
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

  /**
   * One step of stochastic gradient descent in place: u ← momentum·u + (g + decay·θ), θ ← θ −
   * rate·u, as PyTorch's SGD.
   */
  void momentumStep(
      NDArray theta,
      NDArray velocity,
      NDArray gradient,
      double rate,
      double momentum,
      double decay) {
    try (IValue target = IValue.from((PtNDArray) theta);
        IValue buffer = IValue.from((PtNDArray) velocity);
        IValue slope = IValue.from((PtNDArray) gradient);
        IValue rateValue = IValue.from(rate);
        IValue momentumValue = IValue.from(momentum);
        IValue decayValue = IValue.from(decay);
        IValue ignored =
            IValueUtils.runMethod(
                block,
                "momentum_step",
                target,
                buffer,
                slope,
                rateValue,
                momentumValue,
                decayValue)) {
      assert ignored.isTensor();
    }
  }

  private NDList call(NDArray... arguments) {
    return IValueUtils.forward(block, new NDList(arguments), true);
  }

  /**
   * DJL tells the method by the name of an array among the arguments; the array itself is not
   * passed on.
   */
  private static NDArray methodName(NDManager manager, String name) {
    NDArray marker = manager.create(0f);
    marker.setName("module_method:" + name);
    return marker;
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream source = AutogradModule.class.getResourceAsStream(SOURCE)) {
      entry(zip, "data.pkl", OBJECT);
      entry(zip, "constants.pkl", NO_CONSTANTS);
      entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      entry(zip, "code/__torch__.py", source.readAllBytes());
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(ARCHIVE + "/" + name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] concatenate(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
