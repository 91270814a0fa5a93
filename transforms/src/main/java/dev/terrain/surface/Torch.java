package dev.terrain.surface;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The PyTorch engine of this process: loaded once, one engine thread for each thread that works.
 */
public final class Torch {
  private static final String ENGINE = "PyTorch";

  /** DJL asks the network about the machine that it runs on, and reports it, unless this is set. */
  private static final String SILENCE = "OPT_OUT_TRACKING";

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  private Torch() {}

  /**
   * Readies the calling thread: gradients on, one engine thread, scripts run as they are written.
   * All of it is thread-local in PyTorch, so every thread calls this before it computes.
   *
   * @throws UntrustedArithmeticException if the engine computes wrongly on this processor
   */
  public static void prepareThread() {
    enterThread();
    EngineArithmetic.ofThisProcess().require();
  }

  /** The same before the arithmetic is known. */
  static void enterThread() {
    load();
    JniUtils.setGradMode(true);
    JniUtils.setNumThreads(1);
    // Else scripted methods are compiled anew once they have run, and derive gradients otherwise.
    JniUtils.setGraphExecutorOptimize(false);
  }

  private static Engine load() {
    if (System.getProperty(SILENCE) == null) {
      System.setProperty(SILENCE, "true");
    }
    FreedMemory.ofThisProcess();
    return Engine.getEngine(ENGINE);
  }

  /** A scope for native memory; what is made in it is freed when it is closed. */
  public static NDManager newManager() {
    NDManager manager = newManagerOfProcess();
    String name = WALKER.getCallerClass().getSimpleName() + " " + manager.getName();
    OPEN.add(name);
    manager.attachInternal(
        "accounts",
        () -> {
          OPEN.remove(name);
          FreedMemory.giveBackLater();
        });
    return manager;
  }

  /** A scope that is never closed, for what is needed as long as this process lives. */
  static NDManager newManagerOfProcess() {
    load();
    return NDManager.newBaseManager(null, ENGINE);
  }

  /** Whose scopes are open: the native memory that somebody has still to free. */
  static Set<String> openManagers() {
    return Set.copyOf(OPEN);
  }

  /** The engine's name and version, for the record. */
  public static String version() {
    return ENGINE + " " + load().getVersion();
  }

  /** Version, flavour and platform of the engine's native library, for the record. */
  public static String build() {
    load();
    return EngineLibrary.build();
  }
}
