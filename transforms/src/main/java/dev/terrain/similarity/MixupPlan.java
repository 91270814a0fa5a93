package dev.terrain.similarity;

/**
 * Recipes of mixed images: image k is {@code weight[k]} · image {@code first[k]} + (1 - {@code
 * weight[k]}) · image {@code second[k]}, pixel by pixel.
 *
 * @param first positions of images in the training set, all different
 * @param second positions of their partners, which are the same images in another order
 * @param weight share λ of the first image, in (0, 1), equal within a mixup batch
 */
@SuppressWarnings("ArrayRecordComponent")
public record MixupPlan(int[] first, int[] second, double[] weight) {

  /** Number of mixed images. */
  public int size() {
    return first.length;
  }
}
