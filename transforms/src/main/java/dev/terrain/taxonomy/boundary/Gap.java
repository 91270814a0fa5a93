package dev.terrain.taxonomy.boundary;

import java.util.Arrays;
import java.util.Optional;

/**
 * An interval between two neighbouring values a &lt; b of a sorted sample that is much wider on a
 * logarithmic scale than any other: where a sample of two kinds falls apart.
 *
 * @param below a, the largest value under the gap, positive
 * @param above b, the smallest value over the gap, positive
 * @param nextFactor factor between the ends of the next widest interval of the range searched, at
 *     least 1
 * @param cellsBelow how many values are at most a
 * @param cellsAbove how many values are at least b
 */
public record Gap(double below, double above, double nextFactor, int cellsBelow, int cellsAbove) {
  /** Least factor b / a: the two gaps of the study's released grid are 6.0 and 3.2 wide. */
  static final double LEAST_FACTOR = 2.5;

  /** Least ratio of the gap's width to the next widest interval's, both as logarithms. */
  static final double LEAST_LEAD = 1.3;

  /** Largest chance of so wide an interval among values that are spread evenly. */
  static final double MOST_CHANCE = 0.05;

  /** Fewer values on one side are outliers, not a kind. */
  static final int LEAST_CELLS = 2;

  /** Width as a factor, b / a. */
  public double factor() {
    return above / below;
  }

  /** Geometric middle, √(ab): as far from one side as from the other. */
  public double middle() {
    return Math.sqrt(below * above);
  }

  /**
   * The widest interval between neighbouring values, if it is clearly a gap: b / a at least 2.5,
   * its logarithm at least 1.3 times that of the next widest, at least two values on either side;
   * and n (1 - g/R)^(n - 1) at most .05, about the chance that n values spread evenly over the
   * logarithm of the range, R wide, leave an interval of g = ln b/a (David and Nagaraja: Order
   * statistics, 2003, section 6.4). Few values show no gap unless it takes most of the range.
   *
   * @param values any values; those below {@code from} count as {@code from}, so that what is not
   *     resolved makes no gap
   * @param from lower end of the plausible range of the middle, positive
   * @param to upper end of the plausible range of the middle
   */
  static Optional<Gap> widest(double[] values, double from, double to) {
    double[] sorted = Arrays.stream(values).map(value -> Math.max(value, from)).toArray();
    Arrays.sort(sorted);
    int widest = -1;
    double first = 0;
    double second = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (Math.sqrt(sorted[i] * sorted[i - 1]) > to) {
        break;
      }
      double width = Math.log(sorted[i] / sorted[i - 1]);
      if (width > first) {
        second = first;
        first = width;
        widest = i;
      } else {
        second = Math.max(second, width);
      }
    }
    boolean clear = first >= Math.log(LEAST_FACTOR) && first >= LEAST_LEAD * second;
    boolean bothSides = widest >= LEAST_CELLS && sorted.length - widest >= LEAST_CELLS;
    long inRange = Arrays.stream(sorted).filter(value -> value <= to).count();
    double chance = inRange * Math.pow(1 - first / Math.log(to / from), inRange - 1.0);
    return clear && bothSides && chance <= MOST_CHANCE
        ? Optional.of(
            new Gap(
                sorted[widest - 1],
                sorted[widest],
                Math.exp(second),
                widest,
                sorted.length - widest))
        : Optional.empty();
  }
}
