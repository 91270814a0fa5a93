package dev.terrain.findings;

import dev.terrain.v1.Cell;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds cells by the first digits of their ids or by the settings of their axes. */
public final class CellSearch {
  private static final int NAMED = 4;

  private CellSearch() {}

  /**
   * The cell that a text names.
   *
   * @param text first characters of an id, four at least; or values of axes, such as {@code
   *     width=4, batch_size=32}
   * @throws IllegalArgumentException if it names none, or several; the message says which
   */
  public static Cell find(Collection<Cell> cells, String text) {
    List<Cell> found =
        text.contains("=")
            ? cells.stream().filter(cell -> hasSettings(cell, settings(text))).toList()
            : cells.stream()
                .filter(cell -> text.length() >= NAMED && cell.getCellId().startsWith(text))
                .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "ID (%s) names no cell of the tables; 'terrain cells' lists them, and settings such as 'width=4, batch_size=32' do as well"
                .formatted(text)
            : "ID (%s) names %d cells, such as %s"
                .formatted(
                    text,
                    found.size(),
                    String.join("; ", found.stream().limit(NAMED).map(CellSearch::name).toList())));
  }

  /** The settings of a cell's axes, such as {@code width=4, batch_size=32, label_noise=0.1}. */
  public static String name(Cell cell) {
    return "%s=%s, %s=%s%s"
        .formatted(
            cell.getLoadSetting(),
            CellCondition.number(cell.getLoadValue()),
            cell.getTemperatureSetting(),
            CellCondition.number(cell.getTemperatureValue()),
            cell.getSlice() == null ? "" : ", " + cell.getSlice());
  }

  private static boolean hasSettings(Cell cell, Map<String, String> asked) {
    Map<String, String> own = settings(name(cell));
    return asked.entrySet().stream()
        .allMatch(
            setting ->
                own.containsKey(setting.getKey())
                    && isSame(own.get(setting.getKey()), setting.getValue()));
  }

  private static boolean isSame(String one, String other) {
    try {
      return Double.parseDouble(one) == Double.parseDouble(other);
    } catch (NumberFormatException e) {
      return one.equals(other);
    }
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        settings.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return settings;
  }
}
