package dev.terrain.taxonomy.neighbour;

import java.util.List;
import java.util.Locale;

/**
 * How far a cell's value is from what its neighbours let expect.
 *
 * @param metric the metric, {@code ln} before it where its logarithm is compared
 * @param value its value in the cell
 * @param expected value of the plane through the neighbours at the cell's place
 * @param departure value minus expected
 * @param spread typical size of such a departure at such a place: from the median over the cells of
 *     the same phase, and no less than the cell's standard error and than what is worth a report
 * @param factor |departure| over spread
 * @param isOutside whether the value is beyond those of all its neighbours
 * @param neighbours ids of the cells compared with
 */
public record Departure(
    String metric,
    double value,
    double expected,
    double departure,
    double spread,
    double factor,
    boolean isOutside,
    List<String> neighbours) {

  /** Copies the ids. */
  public Departure {
    neighbours = List.copyOf(neighbours);
  }

  /** {@code cka 0.5 where its neighbours let expect 0.65: 12.4 times the usual departure}. */
  String words() {
    return String.format(
        Locale.ROOT,
        "%s %.4g where its neighbours let expect %.4g: %.1f times the usual departure",
        metric,
        value,
        expected,
        factor);
  }
}
