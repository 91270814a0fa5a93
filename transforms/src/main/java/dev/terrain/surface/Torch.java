package dev.terrain.surface;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The PyTorch engine of this process: loaded once, one engine thread for each thread that works.
 */
public final class Torch {
  private static final String ENGINE = "PyTorch";

  private Torch() {}

  /**
   * Readies the calling thread: gradients on, one engine thread. Both settings are thread-local in
   * PyTorch, so every thread calls this before it computes.
   */
  public static void prepareThread() {
    Engine.getEngine(ENGINE);
    JniUtils.setGradMode(true);
    JniUtils.setNumThreads(1);
  }

  /** A scope for native memory; what is made in it is freed when it is closed. */
  public static NDManager newManager() {
    return NDManager.newBaseManager(null, ENGINE);
  }

  /** The engine's name and version, for the record. */
  public static String version() {
    return ENGINE + " " + Engine.getEngine(ENGINE).getVersion();
  }
}
