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

  static boolean isVerbose() {
    return verbose;
  }
}
