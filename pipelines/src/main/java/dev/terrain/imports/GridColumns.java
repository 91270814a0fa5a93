package dev.terrain.imports;

import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.NearestKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where the columns that a mapping names stand in a grid. */
final class GridColumns {
  private static final int MOST_NAMED = 40;
  private static final Pattern OTHER_SEPARATOR = Pattern.compile("[,;\t|]");

  private final List<String> header;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * Finds the columns of a mapping.
   *
   * @throws InvalidSweepException if the grid lacks some; the message has their places in the
   *     mapping, and the nearest names that there are
   */
  GridColumns(Mapping mapping, String grid, List<String> header) {
    this.header = header;
    for (int i = 0; i < header.size(); i++) {
      positions.put(header.get(i), i);
    }
    MappingProblems problems = new MappingProblems(mapping.file());
    use(mapping.load().column(), grid, problems);
    use(mapping.temperature().column(), grid, problems);
    mapping.others().forEach(axis -> use(axis.column(), grid, problems));
    mapping.run().forEach(column -> use(column, grid, problems));
    mapping.where().keySet().forEach(column -> use(column, grid, problems));
    mapping.ignore().forEach(column -> use(column, grid, problems));
    EpochChoice epoch = mapping.epoch();
    if (epoch != null) {
      use(epoch.epoch(), grid, problems);
      ColumnName by = epoch.by();
      if (by != null) {
        use(by, grid, problems);
      }
    }
    for (MetricMapping metric : mapping.metrics()) {
      use(metric.column(), grid, problems);
      ColumnName deviation = metric.deviation();
      if (deviation != null) {
        use(deviation, grid, problems);
      }
      ColumnName count = metric.countColumn();
      if (count != null) {
        use(count, grid, problems);
      }
    }
    problems.throwIfAny();
  }

  private void use(ColumnName column, String grid, MappingProblems problems) {
    if (column.name().isEmpty() || !positions.containsKey(column.name())) {
      problems.add(
          column,
          "'%s' is no column of %s; %s".formatted(column.name(), grid, hint(column.name())));
    }
    used.add(column.name());
  }

  private String hint(String name) {
    if (header.size() == 1 && OTHER_SEPARATOR.matcher(header.get(0)).find()) {
      return "it has the one column '%s', so 'separator' is to be said".formatted(header.get(0));
    }
    return NearestKey.of(name, header)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(
            () ->
                "it has "
                    + header.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (header.size() > MOST_NAMED ? ", ..." : ""));
  }

  /** The position of a column that was found, counted from 0. */
  int position(ColumnName column) {
    Integer position = positions.get(column.name());
    if (position == null) {
      throw new IllegalStateException("column " + column.name() + " was not looked for");
    }
    return position;
  }

  /** Columns that the mapping does not name; one without a name is told by its number. */
  List<String> unused() {
    return IntStream.range(0, header.size())
        .filter(i -> !used.contains(header.get(i)))
        .mapToObj(i -> header.get(i).isEmpty() ? "no. " + (i + 1) + " (no name)" : header.get(i))
        .toList();
  }
}
