package dev.terrain.taxonomy;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How sure a cell's phase is: the share of bootstrap resamples of its models that give the same
 * phase.
 *
 * <p>A resample draws as many models as the cell has, with replacement. Its training loss is the
 * mean over the drawn models; its mode connectivity and CKA are means over the measured pairs of
 * different models, each weighted by the product of the numbers of times that its two models were
 * drawn. A resample whose phase cannot be told, since none of its pairs was measured, is drawn
 * again.
 */
final class PhaseConfidence {
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
   * @return a share in [0, 1]; null without a phase, with fewer than two models, or if hardly any
   *     resample holds a measured pair
   */
  Double of(Phase phase, String cellId, int resamples) {
    if (phase == null || trainLosses.length < 2) {
      return null;
    }
    CounterRandom random = CounterRandom.of(cellId, "phase confidence", 0);
    int same = 0;
    int told = 0;
    for (long draw = 0; draw < (long) DRAWS_PER_RESAMPLE * resamples; draw++) {
      Phase drawn = decide(draw(random));
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

  private int[] draw(CounterRandom random) {
    int[] counts = new int[trainLosses.length];
    for (int i = 0; i < counts.length; i++) {
      counts[random.nextInt(counts.length)]++;
    }
    return counts;
  }

  private Phase decide(int[] counts) {
    double loss = 0;
    for (int i = 0; i < counts.length; i++) {
      loss += counts[i] * trainLosses[i];
    }
    return rule.phase(loss / counts.length, mean(connected, counts), mean(compared, counts));
  }

  private static Double mean(List<Pair> pairs, int[] counts) {
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
