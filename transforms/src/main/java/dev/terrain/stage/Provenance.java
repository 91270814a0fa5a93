package dev.terrain.stage;

import java.util.Objects;

/** What computed a result, for the record. */
public final class Provenance {
  /** Version of Terrain; "development" where it runs from classes rather than from a jar. */
  public static final String TERRAIN_VERSION =
      Objects.requireNonNullElse(
          Provenance.class.getPackage().getImplementationVersion(), "development");

  static final String JAVA_VERSION = System.getProperty("java.vm.name") + " " + Runtime.version();
  static final String OS = System.getProperty("os.name") + " " + System.getProperty("os.arch");

  private Provenance() {}
}
