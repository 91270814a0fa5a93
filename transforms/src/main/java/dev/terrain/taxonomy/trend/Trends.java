package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rank correlations of test accuracy with every quantity of the cells: over all cells, over the
 * converged ones and over each phase.
 *
 * <p>Three are given. Spearman's ρ and Kendall's τ_b, and Spearman's ρ <em>given load and
 * temperature</em>: load, temperature, the quantity and the accuracy are replaced by their ranks
 * among the cells of the group (equal values share the mean of their ranks), the ranks of quantity
 * and accuracy are regressed on a constant and the ranks of load and temperature by ordinary least
 * squares, and Pearson's correlation of the two residuals is taken, which is the partial rank
 * correlation. Ranks do not change when logarithms are taken, of knobs or of quantities. Other
 * controls, such as the logarithms of the knobs in place of their ranks, give other numbers.
 *
 * <p>An interval is the 95 percent percentile interval over {@value #MOST_RESAMPLES} resamples of
 * the cells (fewer in large groups, at least {@value #LEAST_RESAMPLES}). It says how much the
 * number depends on which cells the grid has; errors of the cells themselves are part of it only as
 * far as they spread the cells. A correlation needs {@value #LEAST_CELLS} cells, the conditional
 * one {@value #LEAST_CELLS} and two more for each control, an interval {@value
 * BootstrapDraws#LEAST_CELLS}.
 */
public final class Trends {
  private static final int LEAST_CELLS = 4;
  private static final int CELLS_PER_CONTROL = 2;
  private static final int MOST_RESAMPLES = 1000;
  private static final int LEAST_RESAMPLES = 200;

  /** Cells drawn in all, which bounds the time that large groups take. */
  private static final int DRAWN_CELLS = 100_000;

  private Trends() {}

  /** The trends of a diagram, by quantity, then group. */
  public static List<MetricTrend> of(PhasedDiagram diagram) {
    List<MetricTrend> trends = new ArrayList<>();
    for (String quantity : Quantities.of(diagram.diagram())) {
      for (CellGroup group : CellGroup.values()) {
        trends.add(of(diagram, quantity, group));
      }
    }
    return trends;
  }

  /** The trend of one quantity over one group of cells. */
  public static MetricTrend of(PhasedDiagram diagram, String quantity, CellGroup group) {
    List<DiagramCell> cells = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (DiagramCell cell : group.of(diagram)) {
      Double value = Quantities.value(cell, quantity);
      Double accuracy = cell.mean(Quantities.TEST_ACCURACY);
      if (value != null && accuracy != null) {
        cells.add(cell);
        values.add(value);
        accuracies.add(accuracy);
      }
    }
    Controls controls = Controls.of(diagram.diagram(), cells);
    RankedVariable x = ranked(values);
    RankedVariable y = ranked(accuracies);
    String id = String.join("/", diagram.diagram().name(), quantity, group.name());
    Estimate[] estimates = estimates(id, x, y, controls.variables(), quantity);
    return new MetricTrend(
        quantity,
        group,
        cells.size(),
        estimates[0],
        estimates[1],
        estimates[2],
        controls.settings());
  }

  private static RankedVariable ranked(List<Double> values) {
    return RankedVariable.of(values.stream().mapToDouble(value -> value).toArray());
  }

  /** Load and temperature, as far as they vary. */
  private record Controls(List<String> settings, List<RankedVariable> variables) {
    static Controls of(Diagram diagram, List<DiagramCell> cells) {
      Controls controls = new Controls(new ArrayList<>(), new ArrayList<>());
      controls.add(diagram.load().setting(), cells, DiagramCell::load);
      controls.add(diagram.temperature().setting(), cells, DiagramCell::temperature);
      return controls;
    }

    private void add(String setting, List<DiagramCell> cells, ToDoubleFunction<DiagramCell> knob) {
      RankedVariable variable = RankedVariable.of(cells.stream().mapToDouble(knob).toArray());
      if (variable.distinct() > 1) {
        settings.add(setting);
        variables.add(variable);
      }
    }
  }

  private static Estimate[] estimates(
      String id,
      RankedVariable x,
      RankedVariable y,
      List<RankedVariable> controls,
      String quantity) {
    String missing = missing(x, y, quantity);
    if (missing != null) {
      Estimate none = Estimate.none(missing);
      return new Estimate[] {none, none, none};
    }
    @Nullable Double[] values = values(x, y, controls, RankCorrelation.once(x.size()));
    String conditional = missingConditional(x.size(), controls.size(), values[2]);
    BootstrapDraws[] draws =
        x.size() < BootstrapDraws.LEAST_CELLS
            ? new BootstrapDraws[0]
            : BootstrapDraws.of(
                id, x.size(), resamples(x.size()), counts -> values(x, y, controls, counts));
    Estimate[] estimates = new Estimate[values.length];
    for (int i = 0; i < values.length; i++) {
      Double value = values[i];
      if (value == null || (i == 2 && conditional != null)) {
        estimates[i] = Estimate.none(conditional == null ? "undefined" : conditional);
      } else if (draws.length == 0) {
        estimates[i] =
            Estimate.withoutInterval(
                value, "an interval needs " + BootstrapDraws.LEAST_CELLS + " cells");
      } else {
        estimates[i] = draws[i].around(value);
      }
    }
    return estimates;
  }

  private static @Nullable Double[] values(
      RankedVariable x, RankedVariable y, List<RankedVariable> controls, int[] counts) {
    RankCorrelation correlation = RankCorrelation.of(x, y, controls, counts);
    return new @Nullable Double[] {
      correlation.spearman(), correlation.kendall(), correlation.conditional()
    };
  }

  private static int resamples(int cells) {
    return Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, DRAWN_CELLS / cells));
  }

  private static @Nullable String missing(RankedVariable x, RankedVariable y, String quantity) {
    if (x.size() < LEAST_CELLS) {
      return "%d cells have both numbers, %d are needed".formatted(x.size(), LEAST_CELLS);
    }
    if (x.distinct() == 1) {
      return quantity + " is the same in all " + x.size() + " cells";
    }
    return y.distinct() == 1
        ? Quantities.TEST_ACCURACY + " is the same in all " + y.size() + " cells"
        : null;
  }

  private static @Nullable String missingConditional(
      int cells, int controls, @Nullable Double value) {
    int needed = LEAST_CELLS + CELLS_PER_CONTROL * controls;
    if (cells < needed) {
      return "%d cells have both numbers, %d are needed".formatted(cells, needed);
    }
    return value == null ? "load and temperature alone determine one of the two orders" : null;
  }
}
