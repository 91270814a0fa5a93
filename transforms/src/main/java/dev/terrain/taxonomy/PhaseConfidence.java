package dev.terrain.taxonomy;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.Bootstrap;
import dev.terrain.v1.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How sure a cell's phase is: the share of bootstrap resamples of its models that give the same
 * phase.
 *
 * <p>With n models, or pairs where they are fewer, behind the quantity that has the fewest of those
 * that the phase depends on, it is at most c(n) = 1 - ¼ (2/3)ⁿ⁻³: 75 % for 3, 89 % for 5, 98.5 %
 * for 10. Resamples of values that all lie on one side of a threshold agree without exception;
 * where the true mean lies on the threshold, that happens with a probability of up to 2 (1 - c(n)),
 * reached by a ring of pairs whose values are sums of what each of their models adds (exact for 3,
 * simulated for more). For n below {@value #LEAST} there is no confidence: two models have a single
 * pair, and every resample repeats it.
 *
 * <p>A resample draws as many models as the cell has, with replacement. Its training loss is the
 * mean over the drawn models; its mode connectivity and CKA are means over the measured pairs of
 * different models, each weighted by the product of the numbers of times that its two models were
 * drawn. A resample whose phase cannot be told, since none of its pairs was measured, is drawn
 * again.
 */
final class PhaseConfidence {
  /** Values whose spread says something. */
  private static final int LEAST = 3;

  /** Draws per requested resample after which a cell's pairs are taken as too few. */
  private static final int DRAWS_PER_RESAMPLE = 100;

  private final PhaseRule rule;
  private final double[] trainLosses;
  private final List<Pair> connected;
  private final List<Pair> compared;

  /** A measured value of two models, named by their positions. */
  private record Pair(int first, int second, double value) {}

  /**
   * @param trainLosses rows of the models, in the order of their ids
   * @param connected rows of mode connectivity
   * @param compared rows of CKA
   */
  PhaseConfidence(
      PhaseRule rule,
      List<Measurement> trainLosses,
      List<Measurement> connected,
      List<Measurement> compared) {
    this.rule = rule;
    this.trainLosses = trainLosses.stream().mapToDouble(Measurement::getValue).toArray();
    Map<String, Integer> positions = new TreeMap<>();
    for (int i = 0; i < trainLosses.size(); i++) {
      positions.put(trainLosses.get(i).getModelId(), i);
    }
    this.connected = pairs(connected, positions);
    this.compared = pairs(compared, positions);
  }

  private static List<Pair> pairs(List<Measurement> rows, Map<String, Integer> positions) {
    List<Pair> pairs = new ArrayList<>();
    for (Measurement row : rows) {
      Integer first = positions.get(row.getModelId());
      Integer second = positions.get(row.getOtherModelId());
      if (first != null && second != null) {
        pairs.add(new Pair(first, second, row.getValue()));
      }
    }
    return pairs;
  }

  /**
   * The share of resamples in {@code phase}.
   *
   * @param cellId keys the resamples, as (cellId, "phase confidence", 0)
   * @param phase the cell's phase, or null
   */
  Confidence of(@Nullable Phase phase, String cellId, int resamples) {
    if (phase == null) {
      return Confidence.none("there is no phase");
    }
    boolean similar = phase == Phase.IV_A || phase == Phase.IV_B;
    int least =
        Math.min(
            Math.min(trainLosses.length, independent(connected)),
            similar ? independent(compared) : trainLosses.length);
    if (least < LEAST) {
      return Confidence.none(tooFew(similar));
    }
    Double share = share(phase, cellId, resamples);
    return share == null
        ? Confidence.none("hardly any resample of the models holds a measured pair")
        : new Confidence(Math.min(share, largest(least)), null);
  }

  /** c(n). */
  private static double largest(int n) {
    return 1 - Math.pow(2.0 / 3, n - LEAST) / 4;
  }

  /** Models in the pairs, or the pairs if they are fewer. */
  private static int independent(List<Pair> pairs) {
    long models =
        pairs.stream().flatMap(pair -> Stream.of(pair.first(), pair.second())).distinct().count();
    return (int) Math.min(models, pairs.size());
  }

  private String tooFew(boolean similar) {
    return "train_loss of %d, mode_connectivity of %d%s: a confidence needs %d of each"
        .formatted(
            trainLosses.length,
            connected.size(),
            similar ? ", cka of " + compared.size() : "",
            LEAST);
  }

  private @Nullable Double share(Phase phase, String cellId, int resamples) {
    CounterRandom random = CounterRandom.of(cellId, "phase confidence", 0);
    int same = 0;
    int told = 0;
    for (long draw = 0; draw < (long) DRAWS_PER_RESAMPLE * resamples; draw++) {
      Phase drawn = decide(Bootstrap.counts(random, trainLosses.length));
      if (drawn != null) {
        told++;
        same += drawn == phase ? 1 : 0;
        if (told == resamples) {
          return same / (double) resamples;
        }
      }
    }
    return null;
  }

  private @Nullable Phase decide(int[] counts) {
    double loss = 0;
    for (int i = 0; i < counts.length; i++) {
      loss += counts[i] * trainLosses[i];
    }
    return rule.phase(loss / counts.length, mean(connected, counts), mean(compared, counts));
  }

  private static @Nullable Double mean(List<Pair> pairs, int[] counts) {
    double sum = 0;
    long weights = 0;
    for (Pair pair : pairs) {
      long weight = (long) counts[pair.first()] * counts[pair.second()];
      sum += weight * pair.value();
      weights += weight;
    }
    return weights == 0 ? null : Double.valueOf(sum / weights);
  }
}
