package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in a sentence what the maps of a diagram show: extremes with their places, means by phase.
 */
final class MapSentences {
  /** Below this a phase is called unsure. */
  private static final double SURE = 0.8;

  private final Sweep plan;
  private final Collection<Cell> cells;
  private final CellValues values;

  private record Charted(Cell cell, double value) {}

  MapSentences(Sweep plan, Collection<Cell> cells, CellValues values) {
    this.plan = plan;
    this.cells = cells;
    this.values = values;
  }

  /** How many cells are in which phase, and how many of these are unsure. */
  String phases() {
    if (cells.isEmpty()) {
      return "No cell has been measured.";
    }
    List<Cell> phased =
        cells.stream().filter(cell -> Phase.of(cell.getPhase()).isPresent()).toList();
    if (phased.isEmpty()) {
      return "The phase of none of " + count(cells.size(), "cell") + " can be told.";
    }
    long unknown = phased.stream().filter(cell -> cell.getPhaseConfidence() == null).count();
    long unsure =
        phased.stream()
            .filter(cell -> cell.getPhaseConfidence() != null && cell.getPhaseConfidence() < SURE)
            .count();
    int untold = cells.size() - phased.size();
    return counts(cells)
        + (unsure == 0 ? "" : "; " + unsure + " with a probability below 80 %")
        + (unknown == 0 ? "" : "; " + unknown + " without a known probability")
        + (untold == 0 ? "" : "; " + untold + " whose phase cannot be told")
        + ".";
  }

  /** Such as {@code 43 cells in phase I, 87 in II}. */
  static String counts(Collection<Cell> cells) {
    Map<Phase, Long> counts =
        cells.stream()
            .flatMap(cell -> Phase.of(cell.getPhase()).stream())
            .collect(
                Collectors.groupingBy(
                    phase -> phase, () -> new EnumMap<>(Phase.class), Collectors.counting()));
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (phase, n) ->
            parts.add(
                (parts.isEmpty() ? count(n, "cell") + " in phase " : n + " in ") + phase.label()));
    return String.join(", ", parts);
  }

  /** The extremes of a metric with their places, and its means by phase. */
  String metric(Metric metric) {
    List<Charted> charted =
        cells.stream()
            .flatMap(
                cell ->
                    values.of(cell, metric).flatMap(metric::charted).stream()
                        .map(value -> new Charted(cell, value)))
            .toList();
    if (charted.isEmpty()) {
      return "No cell has a value.";
    }
    Charted low = extreme(charted, Comparator.comparing(Charted::value));
    Charted high = extreme(charted, Comparator.comparing(Charted::value).reversed());
    int missing = cells.size() - charted.size();
    return range(metric, low, high, charted.size())
        + byPhase(metric, charted)
        + (missing == 0 ? "" : "; " + count(missing, "measured cell") + " without a value")
        + ".";
  }

  private String range(Metric metric, Charted low, Charted high, int n) {
    String from = metric.label(low.value());
    String to = metric.label(high.value());
    if (n == 1) {
      return from + metric.suffix() + " at " + where(plan, low.cell()) + ", the only cell";
    }
    return from.equals(to)
        ? from + metric.suffix() + " in all " + n + " cells"
        : "From "
            + from
            + metric.suffix()
            + " ("
            + where(plan, low.cell())
            + ") to "
            + to
            + metric.suffix()
            + " ("
            + where(plan, high.cell())
            + ")";
  }

  private static String byPhase(Metric metric, List<Charted> charted) {
    Map<Phase, Double> means = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      charted.stream()
          .filter(one -> phase.label().equals(one.cell().getPhase()))
          .mapToDouble(Charted::value)
          .average()
          .ifPresent(mean -> means.put(phase, mean));
    }
    return means.size() < 2
        ? ""
        : "; mean by phase: "
            + means.entrySet().stream()
                .map(entry -> entry.getKey().label() + " " + metric.label(entry.getValue()))
                .collect(Collectors.joining(", "));
  }

  /** The first of equal extremes by place, so that the order of the rows does not matter. */
  private static Charted extreme(List<Charted> charted, Comparator<Charted> order) {
    Optional<Charted> first =
        charted.stream()
            .min(
                order
                    .thenComparing(one -> one.cell().getLoadValue())
                    .thenComparing(one -> one.cell().getTemperatureValue()));
    return first.orElseThrow();
  }

  /** A cell's place in words: {@code width 16, batch size 128}. */
  static String where(Sweep plan, Cell cell) {
    return plan.getLoad().getSetting().replace('_', ' ')
        + " "
        + Decimal.plain(cell.getLoadValue())
        + ", "
        + plan.getTemperature().getSetting().replace('_', ' ')
        + " "
        + Decimal.plain(cell.getTemperatureValue());
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
