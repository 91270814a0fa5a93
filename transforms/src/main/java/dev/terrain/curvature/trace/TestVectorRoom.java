package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.statistics.SampleMean;
import dev.terrain.v1.CurvatureSettings;

/**
 * How many products an exchangeable estimator may spend in the memory it may fill: {@value
 * #VECTORS} vectors of length d for each test vector, and one block of vectors and its products.
 *
 * @param plan what may be spent
 * @param isMemoryTheLimit whether the memory allows less than the products
 */
public record TestVectorRoom(ProbePlan plan, boolean isMemoryTheLimit) {
  /** Test vectors, an orthonormal basis, and images of one of the two. */
  private static final int VECTORS = 3;

  private static final double MIB = 1 << 20;

  /**
   * The largest block up to {@code block_size} beside which there is room for three test vectors.
   *
   * @param maxProducts products to spend at most
   * @param productsPerVector products that one test vector costs
   * @throws IllegalArgumentException if there is no room with blocks of a single vector
   */
  public static TestVectorRoom of(
      CurvatureSettings settings, int maxProducts, int productsPerVector, int dimension) {
    int least = VECTORS * SampleMean.MIN_SAMPLES;
    double vectors = settings.getMaxMemoryMib() * MIB / (8.0 * dimension);
    for (int block = Math.min(settings.getBlockSize(), dimension); block >= 1; block--) {
      if (least + 2 * block <= vectors) {
        double room = Math.floor((vectors - 2 * block) / VECTORS) * productsPerVector;
        ProbePlan plan =
            new ProbePlan(settings.getRelativeError(), (int) Math.min(room, maxProducts), block);
        return new TestVectorRoom(plan, room < maxProducts);
      }
    }
    throw new IllegalArgumentException(
        "max_memory_mib (%d) must be at least %d for three test vectors of %d parameters"
            .formatted(
                settings.getMaxMemoryMib(),
                (long) Math.ceil((least + 2) * 8.0 * dimension / MIB),
                dimension));
  }

  /** What ended an estimate before its error was reached, in words. */
  public String limit(long products) {
    return isMemoryTheLimit
        ? "%d products, for which max_memory_mib has room".formatted(products)
        : products + " products";
  }
}
