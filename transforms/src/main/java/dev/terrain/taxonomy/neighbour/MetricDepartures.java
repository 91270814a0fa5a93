package dev.terrain.taxonomy.neighbour;

import dev.terrain.taxonomy.diagnosis.BroadPhase;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The departures of one metric in one diagram. The usual size of a departure is 1.4826 times the
 * median of their absolute values, each over its scale: for normal errors their standard deviation,
 * whatever a few faulty cells do. It is taken over the cells of one phase, or over all where a
 * phase has too few.
 */
final class MetricDepartures {
  /** With fewer departures their median is no measure. */
  static final int MIN_DEPARTURES = 12;

  /** Standard deviation of a normal number over the median of its absolute value. */
  private static final double NORMAL = 1.4826;

  private final CheckedMetric metric;
  private final double factor;
  private final Map<DiagramCell, LocalPlane> planes = new LinkedHashMap<>();
  private final Map<DiagramCell, BroadPhase> phases = new LinkedHashMap<>();
  private final Map<BroadPhase, Double> spreads = new EnumMap<>(BroadPhase.class);
  private final double pooled;

  MetricDepartures(
      CheckedMetric metric, PhasedDiagram phased, Set<DiagramCell> excluded, double factor) {
    this.metric = metric;
    this.factor = factor;
    for (DiagramCell cell : phased.cells()) {
      Neighbourhood around = Neighbourhood.of(phased, cell, excluded).orElse(null);
      if (around == null || excluded.contains(cell)) {
        continue;
      }
      LocalPlane.of(metric, phased.diagram(), cell, around.cells())
          .ifPresent(
              plane -> {
                planes.put(cell, plane);
                phases.put(cell, around.phase());
              });
    }
    pooled = spread(List.copyOf(planes.values()));
    for (BroadPhase phase : BroadPhase.values()) {
      List<LocalPlane> own =
          planes.entrySet().stream()
              .filter(entry -> phases.get(entry.getKey()) == phase)
              .map(Map.Entry::getValue)
              .toList();
      spreads.put(phase, own.size() < MIN_DEPARTURES ? pooled : spread(own));
    }
  }

  private static double spread(List<LocalPlane> planes) {
    double[] sizes =
        planes.stream()
            .mapToDouble(plane -> Math.abs(plane.departure()) / plane.scale())
            .sorted()
            .toArray();
    return sizes.length == 0
        ? 0
        : NORMAL * (sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2;
  }

  /** How many cells can be compared. */
  int size() {
    return planes.size();
  }

  /** Whether there are enough departures to tell an unusual one. */
  boolean isDecidable() {
    return planes.size() >= MIN_DEPARTURES;
  }

  /** The departure of a cell; empty if it cannot be compared. */
  Optional<Departure> of(DiagramCell cell) {
    LocalPlane plane = planes.get(cell);
    BroadPhase phase = phases.get(cell);
    if (plane == null || phase == null || !isDecidable()) {
      return Optional.empty();
    }
    double usual = Math.max(spreads.getOrDefault(phase, pooled), metric.error(cell));
    double spread = Math.max(usual * plane.scale(), metric.least() / factor);
    return Optional.of(
        new Departure(
            metric.label(),
            plane.value(),
            plane.value() - plane.departure(),
            plane.departure(),
            spread,
            Math.abs(plane.departure()) / spread,
            plane.isOutside(),
            plane.neighbours()));
  }
}
