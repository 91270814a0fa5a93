package dev.terrain.data;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.ModelSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one model is trained on: the first ⌊fraction · n⌋ of the n training images of a data set,
 * with noisy labels.
 *
 * <p>The noise replaces each label, independently and with probability p, by a class drawn
 * uniformly from all, the true one included; so a share p (1 - 1/classes) of the labels is wrong on
 * average. It is drawn for all n images whatever the fraction: models of one data set, p and seed
 * share their labels, and smaller fractions are parts of larger ones. Test labels stay clean.
 */
public final class TrainingData {
  private static final Map<LabelKey, byte[]> NOISY_LABELS = new ConcurrentHashMap<>();

  private TrainingData() {}

  private record LabelKey(String datasetSha256, double probability, long seed) {}

  /** The training images that a spec asks for. */
  public static ImageSet of(Dataset dataset, ModelSpec spec) {
    return of(dataset, spec.getDataFraction(), spec.getLabelNoise(), spec.getLabelNoiseSeed());
  }

  /**
   * The training images of these settings. Pixels are shared with the data set, labels with all
   * callers of the same noise.
   *
   * @param dataFraction in (0, 1]; taken as the decimal number as which it is written, so that 0.29
   *     of 100 images are 29
   * @param labelNoise the probability p, in [0, 1]
   * @param labelNoiseSeed tells independent noises apart
   * @throws IllegalArgumentException if fraction or probability is out of range, or the fraction
   *     leaves no image
   */
  public static ImageSet of(
      Dataset dataset, double dataFraction, double labelNoise, long labelNoiseSeed) {
    if (!(dataFraction > 0 && dataFraction <= 1)) {
      throw new IllegalArgumentException("data_fraction (" + dataFraction + ") must be in (0, 1]");
    }
    if (!(labelNoise >= 0 && labelNoise <= 1)) {
      throw new IllegalArgumentException("label_noise (" + labelNoise + ") must be in [0, 1]");
    }
    ImageSet train = dataset.train();
    int size =
        BigDecimal.valueOf(dataFraction)
            .multiply(BigDecimal.valueOf(train.size()))
            .setScale(0, RoundingMode.FLOOR)
            .intValueExact();
    if (size == 0) {
      throw new IllegalArgumentException(
          "data_fraction (%s) leaves none of the %d training images of %s; it must be at least %s"
              .formatted(dataFraction, train.size(), dataset.name(), leastFraction(train.size())));
    }
    byte[] labels =
        NOISY_LABELS.computeIfAbsent(
            new LabelKey(dataset.sha256(), labelNoise, labelNoiseSeed),
            key -> noisyLabels(dataset, labelNoise, labelNoiseSeed));
    return train.relabelled(labels, size);
  }

  /** A short number that leaves one image at least. */
  private static String leastFraction(int images) {
    return BigDecimal.ONE
        .divide(BigDecimal.valueOf(images), new MathContext(3, RoundingMode.CEILING))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static byte[] noisyLabels(Dataset dataset, double probability, long seed) {
    ImageSet train = dataset.train();
    byte[] labels = new byte[train.size()];
    train.labels().get(labels);
    CounterRandom random =
        CounterRandom.of("label noise", dataset.name() + "@" + probability, seed);
    for (int i = 0; i < labels.length; i++) {
      if (random.nextDouble() < probability) {
        labels[i] = (byte) random.nextInt(train.classes());
      }
    }
    return labels;
  }
}
