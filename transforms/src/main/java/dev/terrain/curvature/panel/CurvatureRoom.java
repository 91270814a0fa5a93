package dev.terrain.curvature.panel;

import dev.terrain.curvature.trace.TestVectorRoom;
import dev.terrain.v1.CurvatureSettings;

/**
 * How many vectors of R^d a measurement may hold: p probes, a basis, the block that comes next and
 * its products, 8 d (basis + 3p) bytes in all.
 *
 * @param blockSize p
 * @param maxBasis vectors in the basis at most
 */
public record CurvatureRoom(int blockSize, int maxBasis) {
  /** Beyond this the dense eigenproblem of every step costs more than restarts do. */
  private static final int LARGEST_BASIS = 240;

  private static final double MIB = 1 << 20;

  /**
   * The largest block up to {@code block_size} for which the wanted pairs fit into the memory.
   *
   * @throws IllegalArgumentException if they do not fit with blocks of a single vector
   */
  static CurvatureRoom of(CurvatureSettings settings, int dimension) {
    int wanted = settings.getEigenvalues() + settings.getLowerEigenvalues();
    double vectors = settings.getMaxMemoryMib() * MIB / (8.0 * dimension);
    for (int block = Math.min(settings.getBlockSize(), dimension); block >= 1; block--) {
      int needed = wanted + 2 * block;
      if (needed + 3 * block <= vectors) {
        int room = (int) Math.min(LARGEST_BASIS, vectors - 3 * block);
        return new CurvatureRoom(block, Math.max(needed, room));
      }
    }
    throw new IllegalArgumentException(
        "max_memory_mib (%d) must be at least %d for %d eigenpairs of %d parameters"
            .formatted(
                settings.getMaxMemoryMib(),
                (long) Math.ceil((wanted + 5) * 8.0 * dimension / MIB),
                wanted,
                dimension));
  }

  /**
   * Refuses settings without room for what they ask for.
   *
   * @param dimension rows of the curvature matrix, at least 1
   * @throws IllegalArgumentException if {@code max_memory_mib} is too low; the message says what is
   *     needed
   */
  public static void check(CurvatureSettings settings, int dimension) {
    if (settings.getEigenvalues() > 0) {
      of(settings, dimension);
    } else {
      int productsPerVector = settings.getOperator().equals("hessian") ? 2 : 1;
      TestVectorRoom.of(settings, settings.getMaxProducts(), productsPerVector, dimension);
    }
    if (settings.getDiagonalProducts() > 0) {
      TestVectorRoom.of(settings, settings.getDiagonalProducts(), 2, dimension);
    }
  }
}
