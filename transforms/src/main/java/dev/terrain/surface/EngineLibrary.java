package dev.terrain.surface;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Two switches of the engine's native library that DJL has no door to: whether convolutions go
 * through oneDNN, and whether fresh memory is filled with NaN.
 *
 * <p>Both are of the whole process, and may be turned at any time.
 */
final class EngineLibrary implements EngineSwitches {
  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String USES_ONE_DNN = "_ZNK2at7Context17userEnabledMkldnnEv";
  private static final String USE_ONE_DNN = "_ZN2at7Context20setUserEnabledMkldnnEb";
  private static final String FILL = "FLAGS_caffe2_cpu_allocator_do_junk_fill";

  private final Pointer context;
  private final Function usesOneDnn;
  private final Function useOneDnn;
  private final Pointer fill;

  private EngineLibrary(NativeLibrary tensors, NativeLibrary core) {
    context = tensors.getFunction(CONTEXT).invokePointer(new Object[0]);
    usesOneDnn = tensors.getFunction(USES_ONE_DNN);
    useOneDnn = tensors.getFunction(USE_ONE_DNN);
    fill = core.getGlobalVariableAddress(FILL);
  }

  /** The loaded library; empty where it cannot be reached, or has other names for its switches. */
  static Optional<EngineLibrary> open() {
    Path folder = Path.of(LibUtils.getLibtorchPath());
    try {
      return Optional.of(new EngineLibrary(library(folder, "torch_cpu"), library(folder, "c10")));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  private static NativeLibrary library(Path folder, String name) {
    return NativeLibrary.getInstance(folder.resolve(System.mapLibraryName(name)).toString());
  }

  /** Name of the folder that the library was loaded from: its version, flavour and platform. */
  static String build() {
    return String.valueOf(Path.of(LibUtils.getLibtorchPath()).getFileName());
  }

  @Override
  public boolean usesOneDnn() {
    return usesOneDnn.invokeInt(new Object[] {context}) % 256 != 0;
  }

  @Override
  public void useOneDnn(boolean use) {
    useOneDnn.invokeVoid(new Object[] {context, (byte) (use ? 1 : 0)});
  }

  @Override
  public void fillFreshMemory(boolean withNaN) {
    fill.setByte(0, (byte) (withNaN ? 1 : 0));
  }
}
