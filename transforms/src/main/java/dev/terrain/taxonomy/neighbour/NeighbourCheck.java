package dev.terrain.taxonomy.neighbour;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the cells that depart from their neighbours as faulty ones do, in CKA, mode connectivity,
 * ln trace, ln training loss or test accuracy.
 *
 * <p>A value is compared with the plane through those of the cells around it in the same phase. It
 * is suspicious where it lies beyond all of them and its departure exceeds the usual one by a
 * factor: 5 by default, with which normal noise alone gives an alarm in at most one grid of forty.
 * The cell with the largest factor is set aside first and the rest is compared again without it, so
 * that a faulty cell does not make its neighbours look faulty.
 *
 * <p>On the published grid of 169 cells with a constant learning rate one cell is suspicious: width
 * 2 at batch size 180, whose test accuracy is 8 points below what the cells around it let expect. A
 * fault of 0.15 planted in the CKA is found there in 29 of the 33 cells of phase IV, but hardly in
 * I and II, where CKA scatters by 0.04 (0.25: in two of three).
 */
public final class NeighbourCheck {
  /** The factor that a departure has to exceed. */
  public static final double FACTOR = 5;

  private static final Comparator<Departure> LARGEST_FIRST =
      Comparator.comparingDouble(Departure::factor).reversed();

  private NeighbourCheck() {}

  /** Checks all diagrams of a study, each by itself, with the default factor. */
  public static NeighbourReport of(List<PhasedDiagram> diagrams) {
    return of(diagrams, FACTOR);
  }

  /**
   * Checks all diagrams of a study, each by itself.
   *
   * @param factor what a departure has to exceed, in usual ones, above 0
   * @throws IllegalArgumentException if the factor is not positive
   */
  public static NeighbourReport of(List<PhasedDiagram> diagrams, double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("factor (" + factor + ") must be positive");
    }
    List<SuspiciousCell> suspicious = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    int cells = 0;
    int compared = 0;
    for (PhasedDiagram diagram : diagrams) {
      List<MetricDepartures> first = departures(diagram, Set.of(), factor);
      cells += diagram.cells().size();
      compared +=
          (int)
              diagram.cells().stream()
                  .filter(cell -> first.stream().anyMatch(each -> each.of(cell).isPresent()))
                  .count();
      undecided.addAll(undecided(diagram, first));
      suspicious.addAll(suspicious(diagram, first, factor));
    }
    return new NeighbourReport(suspicious, cells, compared, factor, undecided);
  }

  private static List<MetricDepartures> departures(
      PhasedDiagram diagram, Set<DiagramCell> excluded, double factor) {
    return CheckedMetric.ALL.stream()
        .map(metric -> new MetricDepartures(metric, diagram, excluded, factor))
        .toList();
  }

  private static List<SuspiciousCell> suspicious(
      PhasedDiagram diagram, List<MetricDepartures> first, double factor) {
    List<SuspiciousCell> found = new ArrayList<>();
    Set<DiagramCell> excluded = new HashSet<>();
    List<MetricDepartures> metrics = first;
    while (true) {
      DiagramCell worst = null;
      double largest = factor;
      for (DiagramCell cell : diagram.cells()) {
        for (MetricDepartures metric : metrics) {
          Departure departure = metric.of(cell).orElse(null);
          if (departure != null && departure.isOutside() && departure.factor() > largest) {
            worst = cell;
            largest = departure.factor();
          }
        }
      }
      if (worst == null) {
        return found;
      }
      found.add(suspicious(diagram.diagram().name(), worst, metrics, factor));
      excluded.add(worst);
      metrics = departures(diagram, excluded, factor);
    }
  }

  private static SuspiciousCell suspicious(
      String slice, DiagramCell cell, List<MetricDepartures> metrics, double factor) {
    List<Departure> departures =
        metrics.stream().flatMap(metric -> metric.of(cell).stream()).sorted(LARGEST_FIRST).toList();
    String why =
        departures.stream()
            .filter(departure -> departure.isOutside() && departure.factor() > factor)
            .map(Departure::words)
            .collect(Collectors.joining("; "));
    return new SuspiciousCell(cell.id(), slice, departures, why);
  }

  private static List<String> undecided(PhasedDiagram diagram, List<MetricDepartures> metrics) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      if (!metrics.get(i).isDecidable()) {
        String slice = diagram.diagram().name();
        sentences.add(
            ("%s%s: not compared, as %d cells of %d have it with enough neighbours of their phase"
                    + " (%d are needed)")
                .formatted(
                    slice.isEmpty() ? "" : slice + ": ",
                    CheckedMetric.ALL.get(i).label(),
                    metrics.get(i).size(),
                    diagram.cells().size(),
                    MetricDepartures.MIN_DEPARTURES));
      }
    }
    return sentences;
  }
}
