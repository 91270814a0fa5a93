package dev.terrain.similarity;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.SimilaritySettings;
import java.util.Arrays;

/**
 * Draws the mixed images on which the models of a cell are compared (Zhang, Cisse, Dauphin and
 * Lopez-Paz: mixup, 2018; the study, appendix A.1: on raw training images all models that
 * interpolate agree).
 *
 * <p>Training images are drawn without replacement and cut into batches; within a batch each image
 * is mixed with the one that a random permutation puts in its place, with one weight λ ~ Beta(α,
 * α). All models see the same mixed images, which makes the comparison symmetric.
 */
public final class Mixup {
  private static final String PURPOSE = "mixup";

  private Mixup() {}

  /**
   * The plan for one training set. It has whole batches only: as many as fit into {@code examples}
   * and into the training set, or one shorter batch where none fits. A plan of more whole batches
   * begins with those of a shorter one.
   *
   * @param datasetId keys the draw: equal ids, sizes and settings give equal plans
   * @param trainingImages images of the training set
   * @throws IllegalArgumentException if there are no training images
   */
  public static MixupPlan plan(String datasetId, int trainingImages, SimilaritySettings settings) {
    if (trainingImages < 1) {
      throw new IllegalArgumentException(
          "trainingImages (" + trainingImages + ") must be positive");
    }
    int available = Math.min(settings.getExamples(), trainingImages);
    int batchSize = Math.min(settings.getMixupBatchSize(), available);
    int size = available / batchSize * batchSize;
    int[] order = CounterRandom.of(datasetId, PURPOSE, 0).permutation(trainingImages);
    int[] first = Arrays.copyOf(order, size);
    int[] second = new int[size];
    double[] weight = new double[size];
    for (int start = 0; start < size; start += batchSize) {
      CounterRandom random = CounterRandom.of(datasetId, PURPOSE, 1 + start / batchSize);
      Arrays.fill(weight, start, start + batchSize, random.nextBeta(settings.getMixupAlpha()));
      int[] partners = random.permutation(batchSize);
      for (int i = 0; i < batchSize; i++) {
        second[start + i] = first[start + partners[i]];
      }
    }
    return new MixupPlan(first, second, weight);
  }
}
