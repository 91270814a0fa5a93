package dev.terrain.curvature.panel;

import dev.terrain.curvature.trace.TestVectorRoom;
import dev.terrain.v1.CurvatureSettings;

/** Whether a curvature measurement fits into the memory that its settings allow. */
public final class CurvatureRoom {
  private CurvatureRoom() {}

  /**
   * Refuses settings without room for what they ask for.
   *
   * @param dimension rows of the curvature matrix, at least 1
   * @throws IllegalArgumentException if {@code max_memory_mib} is too low; the message says what is
   *     needed
   */
  public static void check(CurvatureSettings settings, int dimension) {
    if (settings.getEigenvalues() > 0) {
      KrylovRoom.of(settings, dimension);
    } else {
      int productsPerVector = settings.getOperator().equals("hessian") ? 2 : 1;
      TestVectorRoom.of(settings, settings.getMaxProducts(), productsPerVector, dimension);
    }
    if (settings.getDiagonalProducts() > 0) {
      TestVectorRoom.of(settings, settings.getDiagonalProducts(), 2, dimension);
    }
  }
}
