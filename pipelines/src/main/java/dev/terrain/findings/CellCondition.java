package dev.terrain.findings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The condition on settings that holds for some cells of a grid and no others, as the key {@code
 * only} of a sweep file takes it: one bracket for each set of rows that have the same columns.
 */
final class CellCondition {

  /**
   * A cell.
   *
   * @param slice values of the further axes, {@code name=value} joined by {@code ", "}; empty if
   *     there are none
   */
  record Place(String slice, double load, double temperature) {}

  private final String load;
  private final String temperature;

  /** Conditions over two settings. */
  CellCondition(String load, String temperature) {
    this.load = load;
    this.temperature = temperature;
  }

  /**
   * The condition.
   *
   * @param places at least one
   * @throws IllegalArgumentException if a slice has a list as its value, which no condition names
   */
  String of(Collection<Place> places) {
    Map<String, Map<Double, TreeSet<Double>>> loads = new LinkedHashMap<>();
    for (Place place : places) {
      loads
          .computeIfAbsent(place.slice(), slice -> new TreeMap<>())
          .computeIfAbsent(place.temperature(), row -> new TreeSet<>())
          .add(place.load());
    }
    List<String> brackets = new ArrayList<>();
    loads.forEach(
        (slice, rows) -> {
          Map<TreeSet<Double>, List<Double>> alike = new LinkedHashMap<>();
          rows.forEach(
              (row, columns) -> alike.computeIfAbsent(columns, same -> new ArrayList<>()).add(row));
          alike.forEach(
              (columns, same) ->
                  brackets.add(
                      "("
                          + slice(slice)
                          + among(load, columns)
                          + " && "
                          + among(temperature, same)
                          + ")"));
        });
    return String.join(" || ", brackets);
  }

  private static String slice(String slice) {
    if (slice.isEmpty()) {
      return "";
    }
    StringBuilder condition = new StringBuilder();
    for (String part : slice.split(", ", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1);
      if (equals < 0 || value.startsWith("[")) {
        throw new IllegalArgumentException(
            "the further axis in '%s' has lists as its values; a sweep file for some of its cells cannot be written"
                .formatted(slice));
      }
      condition.append(part, 0, equals).append(" == ").append(literal(value)).append(" && ");
    }
    return condition.toString();
  }

  private static String literal(String value) {
    return value.matches("-?[0-9.]+([eE][-+]?[0-9]+)?") ? value : "'" + value + "'";
  }

  private static String among(String setting, Collection<Double> values) {
    List<String> numbers = values.stream().map(CellCondition::number).toList();
    return numbers.size() == 1
        ? setting + " == " + numbers.get(0)
        : numbers.stream().collect(Collectors.joining(", ", setting + " =~ [", "]"));
  }

  /** A value as sweep files write it. */
  static String number(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return decimal.signum() == 0 ? "0" : decimal.toPlainString();
  }
}
