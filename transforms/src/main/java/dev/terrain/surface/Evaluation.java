package dev.terrain.surface;

/**
 * How a network does on each image of a sample.
 *
 * @param losses cross-entropy of each image, in nats
 * @param correct whether the largest output is that of the image's label (the first of equals)
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evaluation(double[] losses, boolean[] correct) {

  /** Mean loss in nats. */
  public double loss() {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  /** Standard error of the mean loss over the images, in nats. */
  public double lossStandardError() {
    double mean = loss();
    double sum = 0;
    for (double loss : losses) {
      sum += (loss - mean) * (loss - mean);
    }
    return Math.sqrt(sum / (losses.length - 1.0) / losses.length);
  }

  /** Share of the images that are classified correctly, in percent. */
  public double accuracy() {
    int hits = 0;
    for (boolean hit : correct) {
      hits += hit ? 1 : 0;
    }
    return 100.0 * hits / correct.length;
  }

  /** Share of the images that are not, in percent. */
  public double error() {
    return 100 - accuracy();
  }

  /** Standard error of accuracy and error over the images, in percentage points. */
  public double accuracyStandardError() {
    double share = accuracy() / 100;
    return 100 * Math.sqrt(share * (1 - share) / correct.length);
  }
}
