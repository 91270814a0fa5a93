package dev.terrain.imports;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows that count: those whose columns have one of the texts that the mapping asks for. */
final class RowFilter {
  private static final int MOST_SHOWN = 10;

  private final List<Condition> conditions = new ArrayList<>();

  private record Condition(String column, int position, List<String> texts, Set<String> others) {}

  RowFilter(Map<ColumnName, List<String>> where, GridColumns columns) {
    where.forEach(
        (column, texts) ->
            conditions.add(
                new Condition(
                    column.name(), columns.position(column), texts, new LinkedHashSet<>())));
  }

  /** Whether a line counts. */
  boolean keeps(GridLines.Line line) {
    for (Condition condition : conditions) {
      String field = line.fields().get(condition.position());
      if (condition.texts().stream().noneMatch(text -> isSame(text, field))) {
        if (condition.others().size() < MOST_SHOWN) {
          condition.others().add(field);
        }
        return false;
      }
    }
    return true;
  }

  /** Numbers are the same however they are written. */
  private static boolean isSame(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    Optional<BigDecimal> number = GridNumber.parse(one);
    return number.isPresent()
        && GridNumber.parse(other).filter(same -> same.compareTo(number.get()) == 0).isPresent();
  }

  /** What the conditions ask for and what there is instead, for a grid of which no row is kept. */
  String description() {
    return conditions.stream()
        .map(
            condition ->
                "column %s is to be %s, and is %s"
                    .formatted(
                        condition.column(),
                        String.join(" or ", condition.texts()),
                        condition.others().isEmpty()
                            ? "so in rows that another condition leaves out"
                            : String.join(", ", condition.others())))
        .collect(Collectors.joining("; "));
  }
}
