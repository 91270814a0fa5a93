package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The quantities that accuracy is compared with: the metrics of the cells, and |mc| beside the
 * signed mode connectivity mc, which does not rise with connectedness: it is positive where the
 * ends of a path were not trained to convergence (Yang et al. 2021, section 2).
 */
public final class Quantities {
  /** What everything is compared with, in percent. */
  public static final String TEST_ACCURACY = "test_accuracy";

  /** mc, in percent of training error. */
  public static final String MODE_CONNECTIVITY = "mode_connectivity";

  /** |mc|, in percent of training error. */
  public static final String ABSOLUTE_MODE_CONNECTIVITY = "absolute_mode_connectivity";

  private Quantities() {}

  /**
   * The quantities of which at least one cell has a value, by name; test accuracy is not among
   * them.
   */
  public static List<String> of(Diagram diagram) {
    TreeSet<String> names = new TreeSet<>();
    diagram.cells().forEach(cell -> names.addAll(cell.values().keySet()));
    if (names.contains(MODE_CONNECTIVITY)) {
      names.add(ABSOLUTE_MODE_CONNECTIVITY);
    }
    names.remove(TEST_ACCURACY);
    return List.copyOf(names);
  }

  /** A cell's value of a quantity; null if it was not measured. */
  public static @Nullable Double value(DiagramCell cell, String quantity) {
    if (!quantity.equals(ABSOLUTE_MODE_CONNECTIVITY)) {
      return cell.mean(quantity);
    }
    Double connectivity = cell.mean(MODE_CONNECTIVITY);
    return connectivity == null ? null : Double.valueOf(Math.abs(connectivity));
  }
}
