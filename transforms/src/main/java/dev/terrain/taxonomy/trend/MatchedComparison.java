package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells of equal sharpness on both sides of the connectivity transition: for each poorly connected
 * converged cell (phase III) the cells of phase IV of the same diagram whose natural logarithm of
 * the Hessian trace is at most {@value #MARGIN} away (Yang et al. 2021, section 3.1: III and IV-A
 * have almost the same Hessian and differ in accuracy).
 *
 * @param candidates cells of phase III with an accuracy and a positive trace
 * @param matched those of them that have a partner
 */
public record MatchedComparison(int candidates, List<Match> matched) {
  /** Largest difference of ln trace. */
  public static final double MARGIN = 0.1;

  /**
   * A cell of phase III with its partners.
   *
   * @param cell the cell
   * @param partners cells of phase IV, at least one
   * @param difference its accuracy minus the mean of theirs, in points
   */
  public record Match(DiagramCell cell, List<DiagramCell> partners, double difference) {
    /** Copies the partners. */
    public Match {
      partners = List.copyOf(partners);
    }
  }

  /** Copies the matches. */
  public MatchedComparison {
    matched = List.copyOf(matched);
  }

  /** Matches the cells of a diagram. */
  public static MatchedComparison of(PhasedDiagram diagram) {
    List<DiagramCell> poorlyConnected = usable(CellGroup.III.of(diagram));
    List<DiagramCell> connected = usable(CellGroup.IV.of(diagram));
    List<Match> matched = new ArrayList<>();
    for (DiagramCell cell : poorlyConnected) {
      List<DiagramCell> partners =
          connected.stream()
              .filter(other -> Math.abs(logTrace(cell) - logTrace(other)) <= MARGIN)
              .toList();
      if (!partners.isEmpty()) {
        double mean = partners.stream().mapToDouble(MatchedComparison::accuracy).sum();
        matched.add(new Match(cell, partners, accuracy(cell) - mean / partners.size()));
      }
    }
    return new MatchedComparison(poorlyConnected.size(), matched);
  }

  private static List<DiagramCell> usable(List<DiagramCell> cells) {
    return cells.stream()
        .filter(cell -> isKnown(cell.mean(Quantities.TEST_ACCURACY)))
        .filter(cell -> Double.isFinite(logTrace(cell)))
        .toList();
  }

  private static boolean isKnown(@Nullable Double value) {
    return value != null;
  }

  private static double accuracy(DiagramCell cell) {
    return cell.value(Quantities.TEST_ACCURACY).orElseThrow().mean();
  }

  /** ln trace; not finite if the trace is not positive or was not measured. */
  private static double logTrace(DiagramCell cell) {
    return cell.value("hessian_trace").map(trace -> Math.log(trace.mean())).orElse(Double.NaN);
  }

  /** Number of pairs of a cell and a partner. */
  public int pairs() {
    return matched.stream().mapToInt(match -> match.partners().size()).sum();
  }

  /** How many matched cells have a lower accuracy than their partners' mean. */
  public int lower() {
    return (int) matched.stream().filter(match -> match.difference() < 0).count();
  }

  /** How many have a higher one; the rest are equal. */
  public int higher() {
    return (int) matched.stream().filter(match -> match.difference() > 0).count();
  }

  /** Mean difference over the matched cells, in points, with its interval. */
  public Estimate difference() {
    if (matched.isEmpty()) {
      return Estimate.none(
          candidates == 0
              ? "no cell is converged and poorly connected with a known accuracy and trace"
              : "no cell of phase III has one of phase IV with the same trace");
    }
    return Means.estimate(matched.stream().mapToDouble(Match::difference).toArray());
  }
}
