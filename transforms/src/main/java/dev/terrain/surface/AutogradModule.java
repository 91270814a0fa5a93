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
import dev.terrain.surface.CurvatureMatrix.Kind;
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
  private final Map<Kind, NDArray> products;
  private final NDArray evaluate;
  private final NDArray probabilities;

  @SuppressWarnings("MustBeClosed")
  private AutogradModule() {
    NDManager manager = Torch.newManager();
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lossGradient = methodName(manager, "loss_gradient");
    products =
        new EnumMap<>(
            Map.of(
                Kind.HESSIAN, methodName(manager, "hessian_products"),
                Kind.GAUSS_NEWTON, methodName(manager, "gauss_newton_products"),
                Kind.FISHER, methodName(manager, "fisher_products"),
                Kind.SAMPLED_FISHER, methodName(manager, "label_fisher_products"),
                Kind.EMPIRICAL_FISHER, methodName(manager, "label_fisher_products")));
    evaluate = methodName(manager, "evaluate");
    probabilities = methodName(manager, "probabilities");
  }

  static AutogradModule get() {
    return Holder.INSTANCE;
  }

  /**
   * Mean loss and number of hits as one float64 array, and the gradient, in the scope of {@code
   * logits}.
   */
  NDList lossGradient(NDArray outputs, NDArray targets, NDArray theta) {
    return call(outputs, targets, theta, lossGradient);
  }

  /**
   * The products of a curvature of the batch with some vectors, from one graph, in the scope of
   * {@code outputs}.
   *
   * @param targets of the data, or drawn from the model for {@link Kind#SAMPLED_FISHER}
   * @param vectors each named {@link #VECTOR}
   */
  NDList products(
      Kind kind, NDArray outputs, NDArray targets, NDArray theta, List<NDArray> vectors) {
    NDList arguments = new NDList(outputs, targets, theta);
    arguments.addAll(vectors);
    arguments.add(products.get(kind));
    return IValueUtils.forward(block, arguments, true);
  }

  /** Loss (float64) and hit (uint8) of each image, in the scope of {@code outputs}. */
  NDList evaluate(NDArray outputs, NDArray targets) {
    return call(outputs, targets, evaluate);
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
