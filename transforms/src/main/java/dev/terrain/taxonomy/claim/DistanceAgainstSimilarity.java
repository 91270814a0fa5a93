package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Interval;
import java.util.List;
import java.util.Locale;

/**
 * C9. The strength of Spearman's correlation with test accuracy, |ρ|, of CKA minus that of the l2
 * distance of the weights, over the cells that have all three numbers (at least {@value
 * #LEAST_CELLS} in a diagram; correlations averaged over diagrams). The 95 percent interval of the
 * difference under resampling of the cells decides by its sign.
 */
final class DistanceAgainstSimilarity implements Claim {
  private static final int LEAST_CELLS = 6;
  private static final double LEVEL = 0.95;

  @Override
  public String number() {
    return "C9";
  }

  @Override
  public String statement() {
    return "The l2 distance of trained weights tells less of test accuracy than CKA does.";
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    PooledCorrelation correlations =
        PooledCorrelation.of(diagrams, (diagram, cell) -> true, LEAST_CELLS, "cka", "l2_distance");
    double[] values = correlations.values();
    if (values == null) {
      return Finding.missing(
          "no diagram has %d cells with test_accuracy, cka and l2_distance that vary beyond noise"
              .formatted(LEAST_CELLS));
    }
    Interval interval = correlations.interval(LEVEL, DistanceAgainstSimilarity::lead);
    Verdict verdict =
        interval == null || !interval.excludesZero()
            ? Verdict.NOT_DECIDABLE
            : interval.isAbove(0) ? Verdict.SUPPORTED : Verdict.CONTRADICTED;
    return Finding.of(
        verdict,
        String.format(
            Locale.ROOT,
            "CKA correlates with accuracy by %.2f, l2_distance by %.2f (difference of strengths"
                + " %s)",
            values[0],
            values[1],
            Words.interval(interval)),
        correlations.cells());
  }

  private static double lead(double... correlations) {
    return Math.abs(correlations[0]) - Math.abs(correlations[1]);
  }
}
