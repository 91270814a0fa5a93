package dev.terrain.cli;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The second interruption of a process that is ending. The JVM would ignore it; the operating
 * system ends a process that handles none.
 */
final class SecondInterrupt {
  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  private SecondInterrupt() {}

  /** From now on, an interruption ends this process at once, with nothing more done. */
  static void endsAtOnce() {
    try {
      NativeLibrary c = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME);
      for (int signal : new int[] {INTERRUPT, TERMINATE}) {
        // No handler: what the system does by default.
        c.getFunction("signal").invokePointer(new Object[] {signal, null});
      }
    } catch (LinkageError e) {
      // Then only the time limit ends it.
      return;
    }
  }
}
