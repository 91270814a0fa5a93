package dev.terrain.taxonomy;

import dev.terrain.v1.TaxonomySettings;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a cell into a phase by its mean training loss L (nats), mean mode connectivity mc (percent
 * of training error) and mean CKA (variant {@code paper}).
 *
 * <p>With thresholds ℓ ({@code converged_train_loss}, 0.01), m ({@code
 * connected_mode_connectivity}, 1) and s ({@code similar_cka}, 0.65): L ≥ ℓ and mc &lt; 0 is I, L ≥
 * ℓ and mc ≥ 0 is II; L &lt; ℓ and mc &lt; -m is III; L &lt; ℓ and mc ≥ -m is IV-B where CKA ≥ s,
 * else IV-A. The study draws its boundaries by eye; the defaults reproduce them on its released
 * grid with a constant learning rate. A mean mc that rounding alone keeps off its threshold is on
 * it.
 */
public final class PhaseRule {
  private static final MathContext DIGITS = new MathContext(4);

  /** Means of percentages are off by less, in double precision. */
  private static final double ROUNDING = 1e-11;

  private final TaxonomySettings settings;

  /** The rule with the given thresholds. */
  public PhaseRule(TaxonomySettings settings) {
    this.settings = settings;
  }

  /**
   * The phase; each quantity may be null, and leaves the phase open only where it depends on it.
   *
   * @param trainLoss mean training loss of the cell's models
   * @param modeConnectivity mean mode connectivity of its connected pairs
   * @param cka mean CKA of its pairs
   */
  public PhaseVerdict decide(
      @Nullable Double trainLoss, @Nullable Double modeConnectivity, @Nullable Double cka) {
    return new PhaseVerdict(
        phase(trainLoss, modeConnectivity, cka), reason(trainLoss, modeConnectivity, cka));
  }

  /** The phase without its reason, or null. */
  @Nullable Phase phase(
      @Nullable Double trainLoss, @Nullable Double modeConnectivity, @Nullable Double cka) {
    if (trainLoss == null || modeConnectivity == null) {
      return null;
    }
    boolean connected = onThreshold(modeConnectivity, trainLoss) >= connectedFrom(trainLoss);
    if (trainLoss >= settings.getConvergedTrainLoss()) {
      return connected ? Phase.II : Phase.I;
    }
    if (!connected) {
      return Phase.III;
    }
    if (cka == null) {
      return null;
    }
    return cka >= settings.getSimilarCka() ? Phase.IV_B : Phase.IV_A;
  }

  /** The lowest mode connectivity of a connected cell with the given training loss. */
  private double connectedFrom(double trainLoss) {
    // 0.0 - x rather than -x: a threshold of zero is not written as a negative zero.
    return trainLoss < settings.getConvergedTrainLoss()
        ? 0.0 - settings.getConnectedModeConnectivity()
        : 0;
  }

  private double onThreshold(double modeConnectivity, double trainLoss) {
    double threshold = connectedFrom(trainLoss);
    return Math.abs(modeConnectivity - threshold) <= ROUNDING ? threshold : modeConnectivity;
  }

  private @Nullable String reason(
      @Nullable Double trainLoss, @Nullable Double modeConnectivity, @Nullable Double cka) {
    if (trainLoss == null) {
      return "train_loss is missing";
    }
    String loss = compare("train_loss", trainLoss, settings.getConvergedTrainLoss());
    if (modeConnectivity == null) {
      return loss + "; mode_connectivity is missing";
    }
    double connectedFrom = connectedFrom(trainLoss);
    double compared = onThreshold(modeConnectivity, trainLoss);
    String connectivity = loss + "; " + compare("mode_connectivity", compared, connectedFrom);
    if (trainLoss >= settings.getConvergedTrainLoss() || compared < connectedFrom) {
      return connectivity;
    }
    return connectivity
        + "; "
        + (cka == null ? "cka is missing" : compare("cka", cka, settings.getSimilarCka()));
  }

  private static String compare(String name, double value, double threshold) {
    String relation = value < threshold ? "<" : ">=";
    BigDecimal limit = BigDecimal.valueOf(threshold);
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded = exact.round(DIGITS);
    // Rounded onto the threshold, a value would seem to contradict its relation to it.
    boolean misleading = rounded.compareTo(limit) == 0;
    return name + " " + text(misleading ? exact : rounded) + " " + relation + " " + text(limit);
  }

  private static String text(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
