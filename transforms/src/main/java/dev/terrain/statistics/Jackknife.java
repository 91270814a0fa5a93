package dev.terrain.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Standard error and bias that the choice of a data sample gives a value, by the delete-one-batch
 * jackknife for batches of any sizes (Busing, Meijer and van der Leeden: Delete-m jackknife for
 * unequal m, Statistics and Computing 9, 1999, equations 3 and 4).
 *
 * <p>With B batches of n_b examples, n in all, the value θ of the whole sample and θ_(-b) of the
 * sample without batch b, h_b = n / n_b: bias = Σ_b (1 - n_b/n) (θ_(-b) - θ), squared standard
 * error = (1/B) Σ_b (1/(h_b - 1)) (h_b θ - (h_b - 1) θ_(-b) - (θ - bias))². For batches of one size
 * these are (B - 1) (mean_b θ_(-b) - θ) and (B - 1)/B Σ_b (θ_(-b) - mean)².
 *
 * @param standardError null if there is none
 * @param bias expected value over samples minus the value of the whole population; positive where
 *     the sample overestimates; not removed from any value; null if there is none
 * @param reason why there is none; null if there is one
 */
public record Jackknife(
    @Nullable Double standardError, @Nullable Double bias, @Nullable String reason) {

  /**
   * The jackknife of one value.
   *
   * @param value θ
   * @param leftOut θ_(-b) of every batch b
   * @param batchSizes n_b, each at least 1
   * @throws IllegalArgumentException if the two arrays differ in length
   */
  public static Jackknife of(double value, double[] leftOut, int[] batchSizes) {
    int batches = batchSizes.length;
    if (leftOut.length != batches) {
      throw new IllegalArgumentException(
          "there are "
              + leftOut.length
              + " values without a batch but "
              + batches
              + " batches; there must be one for each");
    }
    if (batches < 2) {
      return new Jackknife(
          null, null, "a jackknife over batches needs at least 2 batches; there are " + batches);
    }
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    double bias = 0;
    for (int b = 0; b < batches; b++) {
      bias += (1 - batchSizes[b] / examples) * (leftOut[b] - value);
    }
    double variance = 0;
    for (int b = 0; b < batches; b++) {
      double others = examples / batchSizes[b] - 1;
      double deviation = bias - others * (leftOut[b] - value);
      variance += deviation * deviation / others;
    }
    return new Jackknife(Math.sqrt(variance / batches), bias, null);
  }

  /**
   * The delete-one standard error of a value of equal parts, √((B - 1)/B Σ_b (θ_(-b) - mean)²).
   *
   * @param leftOut θ_(-b), the value without each part, at least two
   */
  public static double deleteOne(double[] leftOut) {
    int parts = leftOut.length;
    double mean = Arrays.stream(leftOut).average().orElseThrow();
    double squares = Arrays.stream(leftOut).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt((parts - 1.0) / parts * squares);
  }

  /**
   * The standard error of {@link #of} by way of the pseudo-values h_b θ - (h_b - 1) θ_(-b), which
   * rounds otherwise.
   *
   * @param value θ
   * @param leftOut θ_(-b), at least two
   * @param ratios h_b = n / n_b
   */
  public static double ofPseudoValues(double value, double[] leftOut, double[] ratios) {
    double[] pseudoValues = new double[leftOut.length];
    double mean = 0;
    for (int b = 0; b < leftOut.length; b++) {
      pseudoValues[b] = ratios[b] * value - (ratios[b] - 1) * leftOut[b];
      mean += pseudoValues[b] / ratios[b];
    }
    double variance = 0;
    for (int b = 0; b < leftOut.length; b++) {
      double deviation = pseudoValues[b] - mean;
      variance += deviation * deviation / (ratios[b] - 1) / leftOut.length;
    }
    return Math.sqrt(variance);
  }
}
