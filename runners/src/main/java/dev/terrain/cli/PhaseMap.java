package dev.terrain.cli;

import dev.terrain.v1.Cell;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The phases of a study as text: temperature downwards, load to the right, one map a slice. A phase
 * without a confidence is marked.
 */
final class PhaseMap {
  private static final int COLUMN = 8;
  private static final String UNKNOWN = "-";
  private static final String UNSURE = "?";

  /** A map of more columns or rows does not fit a terminal; its phases are counted instead. */
  private static final int MOST_COLUMNS = 16;

  private static final int MOST_ROWS = 48;

  private final List<Cell> cells;

  PhaseMap(List<Cell> cells) {
    this.cells = cells;
  }

  void print(PrintWriter out) {
    Map<String, List<Cell>> slices =
        cells.stream()
            .sorted(Comparator.comparing(cell -> Objects.requireNonNullElse(cell.getSlice(), "")))
            .collect(
                Collectors.groupingBy(
                    cell -> Objects.requireNonNullElse(cell.getSlice(), ""),
                    LinkedHashMap::new,
                    Collectors.toList()));
    slices.forEach((slice, inSlice) -> print(out, slice, inSlice));
    cells.stream()
        .filter(PhaseMap::isUnsure)
        .findFirst()
        .ifPresent(
            cell ->
                out.printf("%s without confidence: %s%n", UNSURE, cell.getPhaseConfidenceReason()));
  }

  private static boolean isUnsure(Cell cell) {
    return cell.getPhase() != null && cell.getPhaseConfidenceReason() != null;
  }

  private static String phase(Cell cell) {
    return Objects.requireNonNullElse(cell.getPhase(), UNKNOWN) + (isUnsure(cell) ? UNSURE : "");
  }

  private static void print(PrintWriter out, String slice, List<Cell> cells) {
    Cell any = cells.get(0);
    TreeSet<Double> loads = new TreeSet<>();
    TreeSet<Double> temperatures = new TreeSet<>();
    Map<List<Double>, Cell> byPlace = new LinkedHashMap<>();
    for (Cell cell : cells) {
      loads.add(cell.getLoadValue());
      temperatures.add(cell.getTemperatureValue());
      byPlace.put(List.of(cell.getTemperatureValue(), cell.getLoadValue()), cell);
    }
    if (!slice.isEmpty()) {
      out.println(slice);
    }
    if (loads.size() > MOST_COLUMNS || temperatures.size() > MOST_ROWS) {
      printCounts(out, cells);
      return;
    }
    String corner = any.getTemperatureSetting() + " \\ " + any.getLoadSetting();
    out.print(corner);
    loads.forEach(load -> out.print(pad(number(load))));
    out.println();
    for (double temperature : temperatures) {
      String label = number(temperature);
      out.print(" ".repeat(Math.max(0, corner.length() - label.length())) + label);
      for (double load : loads) {
        Cell cell = byPlace.get(List.of(temperature, load));
        out.print(pad(cell == null ? UNKNOWN : phase(cell)));
      }
      out.println();
    }
  }

  private static void printCounts(PrintWriter out, List<Cell> cells) {
    Map<String, Long> counts =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> Objects.requireNonNullElse(cell.getPhase(), "none"),
                    TreeMap::new,
                    Collectors.counting()));
    counts.forEach((phase, count) -> out.printf("phase %s: %d cells%n", phase, count));
  }

  private static String number(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private static String pad(String text) {
    return " ".repeat(Math.max(1, COLUMN - text.length())) + text;
  }
}
