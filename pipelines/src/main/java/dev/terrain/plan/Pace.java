package dev.terrain.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How fast units are computed: seconds that they take for each second of their nominal time ({@link
 * dev.terrain.stage.standard.UnitCosts}).
 *
 * <p>Of finished units the middle is the sum of their times over the sum of their nominal times.
 * Single units scatter, which evens out over many, but the nominal times may be wrong in one
 * direction for small units and in the other for large ones, which does not. So the units are put
 * in up to five groups of their size, and the range is that of the groups' paces; of fewer than
 * three units, or where most of what is to be done is larger than anything that was done, it is
 * widened to half and twice of the middle.
 *
 * @param low pace at best, above 0
 * @param middle pace that is expected
 * @param high pace at worst
 * @param basis what it rests on
 */
public record Pace(double low, double middle, double high, Basis basis) {
  private static final int GROUPS = 5;
  private static final int LEAST_UNITS = 3;
  private static final double WIDENING = 2;

  /** What a pace rests on, the best first. */
  public enum Basis {
    /** Records of the same stage in the ledger. */
    RECORDS("by records of the ledger"),
    /** Records of other stages in the ledger. */
    OTHER_STAGES("by records of other stages"),
    /** Steps of a training that were made to measure it. */
    PROBE("by a probe of this machine");

    private final String text;

    Basis(String text) {
      this.text = text;
    }

    /** What it is, in words. */
    public String text() {
      return text;
    }
  }

  /**
   * A unit whose time was measured.
   *
   * @param nominal its nominal time in seconds, above 0
   * @param seconds its time
   */
  public record Timed(double nominal, double seconds) {
    double pace() {
      return seconds / nominal;
    }
  }

  /**
   * The pace of finished units; empty if there are none.
   *
   * @param largest nominal time in seconds that half of what is to be done lies below; 0 if nothing
   *     is to be done
   */
  static Optional<Pace> of(List<Timed> units, double largest) {
    List<Timed> sorted = units.stream().sorted(Comparator.comparingDouble(Timed::nominal)).toList();
    double middle = pace(sorted);
    if (sorted.isEmpty() || !(middle > 0)) {
      return Optional.empty();
    }
    double low = middle;
    double high = middle;
    for (List<Timed> group : groups(sorted)) {
      low = Math.min(low, pace(group));
      high = Math.max(high, pace(group));
    }
    boolean small = sorted.get(sorted.size() - 1).nominal() < largest / WIDENING;
    Pace pace = new Pace(low, middle, high, Basis.RECORDS);
    return Optional.of(sorted.size() < LEAST_UNITS || small ? pace.widened() : pace);
  }

  private static List<List<Timed>> groups(List<Timed> sorted) {
    int count = Math.min(GROUPS, sorted.size());
    List<List<Timed>> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(sorted.subList(i * sorted.size() / count, (i + 1) * sorted.size() / count));
    }
    return groups;
  }

  private static double pace(List<Timed> units) {
    double nominal = units.stream().mapToDouble(Timed::nominal).sum();
    return units.stream().mapToDouble(Timed::seconds).sum() / nominal;
  }

  /** The same with a range from half of it to twice of it at least. */
  Pace widened() {
    return new Pace(
        Math.min(low, middle / WIDENING), middle, Math.max(high, middle * WIDENING), basis);
  }
}
