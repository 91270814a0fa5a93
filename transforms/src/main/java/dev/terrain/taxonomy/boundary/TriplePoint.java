package dev.terrain.taxonomy.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the Hessian and the connectivity transition cross, so that phases I, II, III and IV meet.
 *
 * <p>From pairs of draws of both boundaries: in each pair the crossing nearest to where crossings
 * are most frequent; their median, and the central .95 of them.
 *
 * @param crossing the median in either axis; null if there is no triple point here
 * @param low the lower end of the interval in either axis; null if there is none
 * @param high the upper end; null if there is none
 * @param share the share of pairs of draws with a crossing, 0 to 1
 * @param severalShare the share with more than one
 * @param sentence the finding in words, with the reason if there is none
 */
public record TriplePoint(
    @Nullable PlanePoint crossing,
    @Nullable PlanePoint low,
    @Nullable PlanePoint high,
    double share,
    double severalShare,
    String sentence) {
  private static final double LEAST_SHARE = 0.5;
  private static final double TAIL = 0.025;

  /** The point; empty if there is none. */
  public Optional<PlanePoint> point() {
    return Optional.ofNullable(crossing);
  }

  /** The crossing of two boundaries of one diagram. */
  static TriplePoint of(Boundary hessian, Boundary connectivity) {
    BoundaryCurve first = hessian.shape();
    BoundaryCurve second = connectivity.shape();
    if (first == null || second == null) {
      String missing = first == null ? hessian.sentence() : connectivity.sentence();
      return none(0, 0, missing.substring(0, missing.length() - 1));
    }
    Lattice lattice = first.lattice();
    List<double[][]> drawsOfFirst = first.posterior().on(lattice.columns(), lattice.rows());
    List<double[][]> drawsOfSecond = second.posterior().on(lattice.columns(), lattice.rows());
    int pairs = Math.min(drawsOfFirst.size(), drawsOfSecond.size());
    List<List<double[]>> crossings = new ArrayList<>();
    int several = 0;
    for (int i = 0; i < pairs; i++) {
      List<double[]> found = Crossings.of(drawsOfFirst.get(i), drawsOfSecond.get(i), lattice);
      if (!found.isEmpty()) {
        crossings.add(found);
      }
      several += found.size() > 1 ? 1 : 0;
    }
    double share = crossings.size() / (double) pairs;
    double severalShare = several / (double) pairs;
    if (share < LEAST_SHARE) {
      return none(
          share,
          severalShare,
          "the transitions cross in "
              + Words.percent(share)
              + " of the draws of their posteriors only");
    }
    double[] anchor = mostFrequent(crossings);
    double[] columns = new double[crossings.size()];
    double[] rows = new double[crossings.size()];
    for (int i = 0; i < columns.length; i++) {
      double[] nearest = nearest(crossings.get(i), anchor);
      columns[i] = nearest[0];
      rows[i] = nearest[1];
    }
    Arrays.sort(columns);
    Arrays.sort(rows);
    PlanePoint median = point(first, columns, rows, 0.5);
    PlanePoint low = point(first, columns, rows, TAIL);
    PlanePoint high = point(first, columns, rows, 1 - TAIL);
    String sentence =
        "The transitions cross at %s %s (%s to %s) and %s %s (%s to %s), in %s of the draws."
            .formatted(
                first.load().setting(),
                Words.number(median.load()),
                Words.number(low.load()),
                Words.number(high.load()),
                first.temperature().setting(),
                Words.number(median.temperature()),
                Words.number(low.temperature()),
                Words.number(high.temperature()),
                Words.percent(share));
    return new TriplePoint(median, low, high, share, severalShare, sentence);
  }

  private static TriplePoint none(double share, double severalShare, String reason) {
    return new TriplePoint(
        null, null, null, share, severalShare, "No triple point here: " + reason + ".");
  }

  private static double[] mostFrequent(List<List<double[]>> crossings) {
    double[] best = new double[2];
    int most = -1;
    for (List<double[]> found : crossings) {
      for (double[] candidate : found) {
        int near = 0;
        for (List<double[]> others : crossings) {
          double[] other = nearest(others, candidate);
          near += Math.hypot(other[0] - candidate[0], other[1] - candidate[1]) <= 1 ? 1 : 0;
        }
        if (near > most) {
          most = near;
          best = candidate;
        }
      }
    }
    return best;
  }

  private static double[] nearest(List<double[]> points, double[] to) {
    double[] best = points.get(0);
    for (double[] point : points) {
      if (Math.hypot(point[0] - to[0], point[1] - to[1])
          < Math.hypot(best[0] - to[0], best[1] - to[1])) {
        best = point;
      }
    }
    return best;
  }

  private static PlanePoint point(
      BoundaryCurve curve, double[] columns, double[] rows, double share) {
    int index = (int) Math.round(share * (columns.length - 1));
    return PlanePoint.at(curve.load(), curve.temperature(), columns[index], rows[index]);
  }
}
