package dev.terrain.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** What computed a result, for the record. */
public final class Provenance {
  /** Version of Terrain; "development" where it runs from classes rather than from a jar. */
  public static final String TERRAIN_VERSION =
      Objects.requireNonNullElse(
          Provenance.class.getPackage().getImplementationVersion(), "development");

  public static final String JAVA_VERSION =
      System.getProperty("java.vm.name") + " " + Runtime.version();
  public static final String OS =
      System.getProperty("os.name") + " " + System.getProperty("os.arch");

  static final String HOST = host();
  public static final String DEVICE = "cpu";

  /** Each worker computes on one thread of the engine. */
  public static final int THREADS = 1;

  private Provenance() {}

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
