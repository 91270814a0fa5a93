package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.diagram.DiagramAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a boundary moves from one diagram to another.
 *
 * <p>In one column (of the Hessian transition and the crossover; in one row of the connectivity
 * transition) the shift is the length of the positive side in the second diagram minus that in the
 * first, over the stretch of the other axis that both have, in grid steps of the first diagram:
 * where the boundary passes the column once, this is how far it moves; positive where the positive
 * side grows. Columns count if both diagrams have their value and the boundary passes them in at
 * least half of the draws of either. Intervals are the central .95 over pairs of draws.
 *
 * @param kind which boundary
 * @param overall mean shift over the columns or rows; null if it cannot be said
 * @param lines one for each column or row that counts, ascending
 * @param sentence the finding in words, with the reason if it cannot be said
 */
public record BoundaryShift(
    BoundaryKind kind, @Nullable Estimate overall, List<Line> lines, String sentence) {
  private static final int PER_STEP = 8;
  private static final double TAIL = 0.025;

  /** Median, and the ends of the central .95, in grid steps. */
  public record Estimate(double median, double low, double high) {}

  /**
   * The shift in one column or row.
   *
   * @param value its value
   * @param shift of the boundary in it
   */
  public record Line(double value, Estimate shift) {}

  /** Copies the lines. */
  public BoundaryShift {
    lines = List.copyOf(lines);
  }

  /** The mean shift; empty if it cannot be said. */
  public Optional<Estimate> mean() {
    return Optional.ofNullable(overall);
  }

  /** The shift from the first to the second. */
  static BoundaryShift of(Boundary first, Boundary second) {
    BoundaryKind kind = first.kind();
    BoundaryCurve from = first.shape();
    BoundaryCurve to = second.shape();
    if (from == null || to == null) {
      return unknown(
          kind, from == null ? "the first diagram has none" : "the second diagram has none");
    }
    boolean columns = kind.isAlongTemperature();
    DiagramAxis fixed = columns ? from.load() : from.temperature();
    DiagramAxis along = columns ? from.temperature() : from.load();
    DiagramAxis otherFixed = columns ? to.load() : to.temperature();
    DiagramAxis otherAlong = columns ? to.temperature() : to.load();
    if (!fixed.setting().equals(otherFixed.setting())
        || !along.setting().equals(otherAlong.setting())) {
      return unknown(kind, "the axes differ");
    }
    List<Double> common =
        fixed.values().stream().filter(v -> otherFixed.values().contains(v)).toList();
    double[] stretch = commonStretch(along, otherAlong);
    if (common.isEmpty() || stretch.length < 2) {
      return unknown(kind, "the diagrams share no stretch of their axes");
    }
    double[][] lengths = lengths(from, fixed, along, common, stretch, columns, along);
    double[][] otherLengths = lengths(to, otherFixed, otherAlong, common, stretch, columns, along);
    double whole = along.position(stretch[stretch.length - 1]) - along.position(stretch[0]);
    List<Line> lines = new ArrayList<>();
    int pairs = Math.min(lengths[0].length, otherLengths[0].length);
    double[] sums = new double[pairs];
    for (int line = 0; line < lengths.length; line++) {
      if (!passes(lengths[line], whole) || !passes(otherLengths[line], whole)) {
        continue;
      }
      double[] shifts = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        shifts[i] = otherLengths[line][i] - lengths[line][i];
        sums[i] += shifts[i];
      }
      lines.add(new Line(common.get(line), estimate(shifts)));
    }
    if (lines.isEmpty()) {
      return unknown(kind, "it passes no common " + (columns ? "column" : "row") + " in both");
    }
    Estimate overall = estimate(Arrays.stream(sums).map(sum -> sum / lines.size()).toArray());
    String sentence =
        ("From the first to the second diagram the %s side of the %s "
                + "grows by %s grid steps of %s (%s to %s), mean over %s.")
            .formatted(
                kind.positive(),
                kind.title(),
                Words.number(overall.median()),
                along.setting(),
                Words.number(overall.low()),
                Words.number(overall.high()),
                Words.count(lines.size(), columns ? "column" : "row"));
    return new BoundaryShift(kind, overall, lines, sentence);
  }

  private static BoundaryShift unknown(BoundaryKind kind, String reason) {
    return new BoundaryShift(
        kind, null, List.of(), "No shift of the %s: %s.".formatted(kind.title(), reason));
  }

  /** Coordinates of the stretch that both axes have, closely spaced on the first. */
  private static double[] commonStretch(DiagramAxis along, DiagramAxis other) {
    double low =
        Math.max(along.coordinate(along.values().get(0)), along.coordinate(other.values().get(0)));
    double high =
        Math.min(
            along.coordinate(along.values().get(along.size() - 1)),
            along.coordinate(other.values().get(other.size() - 1)));
    double from = along.position(low);
    double to = along.position(high);
    if (!(low < high)) {
      return new double[0];
    }
    int steps = (int) Math.ceil((to - from) * PER_STEP);
    double[] coordinates = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      coordinates[i] = along.coordinateAt(from + (to - from) * i / steps);
    }
    return coordinates;
  }

  /** By common line, then draw: length of the positive side in grid steps of the measure. */
  private static double[][] lengths(
      BoundaryCurve curve,
      DiagramAxis fixed,
      DiagramAxis along,
      List<Double> common,
      double[] stretch,
      boolean columns,
      DiagramAxis measure) {
    double[] lines = common.stream().mapToDouble(v -> fixed.values().indexOf(v)).toArray();
    double[] places = new double[stretch.length];
    double[] measured = new double[stretch.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = along.position(along.coordinate(measure.value(stretch[i])));
      measured[i] = measure.position(stretch[i]);
    }
    List<double[][]> draws =
        columns ? curve.posterior().on(lines, places) : curve.posterior().on(places, lines);
    double[][] lengths = new double[lines.length][draws.size()];
    for (int line = 0; line < lines.length; line++) {
      for (int d = 0; d < draws.size(); d++) {
        double[][] draw = draws.get(d);
        for (int i = 1; i < places.length; i++) {
          double before = columns ? draw[i - 1][line] : draw[line][i - 1];
          double after = columns ? draw[i][line] : draw[line][i];
          lengths[line][d] += positiveShare(before, after) * (measured[i] - measured[i - 1]);
        }
      }
    }
    return lengths;
  }

  private static double positiveShare(double before, double after) {
    if (before > 0 == after > 0) {
      return before > 0 ? 1 : 0;
    }
    return Math.max(before, after) / Math.abs(after - before);
  }

  private static boolean passes(double[] lengths, double whole) {
    double crossed = Arrays.stream(lengths).filter(l -> l > 0 && l < whole - 1e-9).count();
    return crossed >= lengths.length / 2.0;
  }

  private static Estimate estimate(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Estimate(
        sorted[(int) Math.round(0.5 * last)],
        sorted[(int) Math.round(TAIL * last)],
        sorted[(int) Math.round((1 - TAIL) * last)]);
  }
}
