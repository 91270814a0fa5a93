package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Training to zero loss against stopping early where poorly connected: for each load whose coldest
 * converged cell is in phase III, the best cell of phases I and II against the best of phase III
 * (Yang et al. 2021, on phase III under label noise). The best of several noisy numbers is too
 * high, and more so of more of them; {@link SeedNoise} takes account of that.
 *
 * @param columns the loads that the question can be put to, ascending
 */
public record EarlyStopping(List<Column> columns) {

  /**
   * One load.
   *
   * @param load its value
   * @param unconverged cells of phases I and II with an accuracy, best first, at least one
   * @param poorlyConnected cells of phase III with an accuracy, best first, at least one
   * @param gain best accuracy of the first minus best of the second, in points: above 0 where
   *     stopping early is better
   * @param noise what the gain would reach by the noise of the seeds if all cells were alike
   */
  public record Column(
      double load,
      List<DiagramCell> unconverged,
      List<DiagramCell> poorlyConnected,
      double gain,
      SeedNoise noise) {
    /** Copies the cells. */
    public Column {
      unconverged = List.copyOf(unconverged);
      poorlyConnected = List.copyOf(poorlyConnected);
    }

    /** Whether stopping early is better by more than noise explains. */
    public boolean isBetterEarly() {
      return gain >= noise.points();
    }

    /** Whether training to zero loss is. */
    public boolean isBetterConverged() {
      return -gain >= noise.points();
    }
  }

  /** Copies the columns. */
  public EarlyStopping {
    columns = List.copyOf(columns);
  }

  /**
   * Compares the cells of each load.
   *
   * @param diagrams how many diagrams are looked at together
   */
  public static EarlyStopping of(PhasedDiagram diagram, int diagrams) {
    List<List<DiagramCell>> told =
        Along.TEMPERATURE.lines(diagram.diagram(), Quantities.TEST_ACCURACY).stream()
            .filter(cells -> isTold(diagram, cells))
            .toList();
    List<Column> columns = new ArrayList<>();
    for (List<DiagramCell> cells : told) {
      columns.add(column(diagram, cells, 2 * diagrams * told.size()));
    }
    return new EarlyStopping(columns);
  }

  private static boolean isTold(PhasedDiagram diagram, List<DiagramCell> cells) {
    Diagram grid = diagram.diagram();
    List<DiagramCell> converged =
        cells.stream().filter(cell -> isConverged(diagram, cell)).toList();
    Optional<DiagramCell> coldest =
        converged.isEmpty()
            ? Optional.empty()
            : Optional.of(converged.get(grid.temperature().rises() ? 0 : converged.size() - 1));
    return coldest.filter(cell -> CellGroup.III.contains(diagram, cell)).isPresent()
        && cells.stream().anyMatch(cell -> isUnconverged(diagram, cell));
  }

  private static boolean isConverged(PhasedDiagram diagram, DiagramCell cell) {
    return CellGroup.CONVERGED.contains(diagram, cell);
  }

  private static boolean isUnconverged(PhasedDiagram diagram, DiagramCell cell) {
    return CellGroup.I.contains(diagram, cell) || CellGroup.II.contains(diagram, cell);
  }

  private static Column column(PhasedDiagram diagram, List<DiagramCell> cells, int together) {
    List<DiagramCell> unconverged =
        bestFirst(cells.stream().filter(cell -> isUnconverged(diagram, cell)).toList());
    List<DiagramCell> poorlyConnected =
        bestFirst(cells.stream().filter(cell -> CellGroup.III.contains(diagram, cell)).toList());
    List<DiagramCell> all = new ArrayList<>(unconverged);
    all.addAll(poorlyConnected);
    double load = cells.get(0).load();
    return new Column(
        load,
        unconverged,
        poorlyConnected,
        accuracy(unconverged.get(0)) - accuracy(poorlyConnected.get(0)),
        SeedNoise.of(
            all,
            drawn -> gain(drawn, unconverged.size()),
            together,
            String.join("/", diagram.diagram().name(), "early", String.valueOf(load))));
  }

  private static double gain(double[] accuracies, int split) {
    return Arrays.stream(accuracies, 0, split).max().orElseThrow()
        - Arrays.stream(accuracies, split, accuracies.length).max().orElseThrow();
  }

  private static List<DiagramCell> bestFirst(List<DiagramCell> cells) {
    List<DiagramCell> sorted = new ArrayList<>(cells);
    sorted.sort((one, other) -> Double.compare(accuracy(other), accuracy(one)));
    return sorted;
  }

  private static double accuracy(DiagramCell cell) {
    return cell.value(Quantities.TEST_ACCURACY).orElseThrow().mean();
  }
}
