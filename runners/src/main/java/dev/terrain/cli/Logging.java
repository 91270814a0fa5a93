package dev.terrain.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged; where is in {@code logback.xml}. */
final class Logging {
  private static boolean verbose;

  private Logging() {}

  static void beVerbose() {
    verbose = true;
    ((Logger) LoggerFactory.getLogger("dev.terrain")).setLevel(Level.DEBUG);
  }

  /** Tells of each task of Flink that fails and is started again. */
  static void showRestarts() {
    ((Logger) LoggerFactory.getLogger("org.apache.flink.runtime.taskmanager.Task"))
        .setLevel(Level.WARN);
  }

  static boolean isVerbose() {
    return verbose;
  }
}
