package dev.terrain.imports;

import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file (YAML), section by section. */
final class MappingReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "source",
          "row",
          "run",
          "epoch",
          "keep",
          "axes",
          "metrics",
          "missing",
          "where",
          "runs_per_cell",
          "taxonomy",
          "ignore",
          "separator");
  private static final String LAST = "last";
  private static final List<String> KEEP = List.of("lowest", "highest");

  private final String file;
  private final MappingProblems problems;

  private MappingReader(String file) {
    this.file = file;
    this.problems = new MappingProblems(file);
  }

  /**
   * The mapping of a text.
   *
   * @param file what messages call it
   * @param defaultName what the study is called if the text does not say
   * @throws InvalidSweepException with all that is wrong
   */
  static Mapping read(String yaml, String file, String defaultName) {
    MappingReader reader = new MappingReader(file);
    Optional<MappingValue> document = MappingValue.document(yaml, reader.problems);
    reader.problems.throwIfAny();
    return reader.read(document.orElseThrow(), defaultName);
  }

  private Mapping read(MappingValue root, String defaultName) {
    Map<String, MappingValue> document = root.mapping(KEYS);
    if (!root.isMapping()) {
      problems.throwIfAny();
    }
    MappingValue runsPerCell = document.get("runs_per_cell");
    int runs = runsPerCell == null ? 0 : runsPerCell.count().orElse(0);
    RowKind row = row(document.get("row"));
    if (runsPerCell != null && row != RowKind.CELL) {
      runsPerCell.problem("is for rows that are cells; runs are counted");
    }
    List<ColumnName> run = columns(document.get("run"));
    checkRun(row, document.get("run"), run);
    EpochChoice epoch = epoch(row, document);
    Optional<AxisMappingReader.Axes> axes = new AxisMappingReader(problems).read(document);
    List<MetricMapping> metrics =
        new MetricMappingReader(MetricCatalogue.standard(), row, runs, problems).read(document);
    Set<String> missing = missing(document.get("missing"));
    Map<ColumnName, List<String>> where = where(document.get("where"));
    TaxonomySettings taxonomy = TaxonomyReader.read(document.get("taxonomy"));
    List<ColumnName> ignore = columns(document.get("ignore"));
    char separator = separator(document.get("separator"));
    String name = text(document.get("name"), defaultName);
    String source = text(document.get("source"), "");
    problems.throwIfAny();
    AxisMappingReader.Axes read = axes.orElseThrow();
    return new Mapping(
        file,
        name,
        source,
        row,
        run,
        epoch,
        read.load(),
        read.temperature(),
        read.others(),
        metrics,
        missing,
        where,
        runs,
        taxonomy,
        ignore,
        separator);
  }

  private static String text(@Nullable MappingValue value, String otherwise) {
    return value == null ? otherwise : value.text().orElse(otherwise);
  }

  private static RowKind row(@Nullable MappingValue value) {
    return value == null
        ? RowKind.CELL
        : value
            .word(RowKind.words())
            .map(word -> RowKind.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(RowKind.CELL);
  }

  private static List<ColumnName> columns(@Nullable MappingValue value) {
    List<ColumnName> columns = new ArrayList<>();
    if (value != null) {
      value.items().forEach(item -> item.column().ifPresent(columns::add));
    }
    return columns;
  }

  private void checkRun(RowKind row, @Nullable MappingValue value, List<ColumnName> run) {
    if (row == RowKind.CELL && value != null) {
      value.problem("a row is a cell, so it has no runs; row: run says that it is a run");
    }
    if (row != RowKind.CELL && run.isEmpty() && problems.isEmpty()) {
      problems.add("run", "is missing; it lists the columns that tell runs of a cell apart");
    }
  }

  private @Nullable EpochChoice epoch(RowKind row, Map<String, MappingValue> document) {
    MappingValue epoch = document.get("epoch");
    MappingValue keep = document.get("keep");
    if (row != RowKind.EPOCH) {
      refuse(epoch);
      refuse(keep);
      return null;
    }
    if (epoch == null) {
      problems.add("epoch", "is missing; it names the column that counts the epochs");
      return null;
    }
    ColumnName column = epoch.column().orElse(null);
    if (column == null) {
      return null;
    }
    return keep == null ? new EpochChoice(column, null, false) : keep(column, keep);
  }

  private static void refuse(@Nullable MappingValue value) {
    if (value != null) {
      value.problem("is for 'row: epoch'");
    }
  }

  private static EpochChoice keep(ColumnName epoch, MappingValue keep) {
    EpochChoice last = new EpochChoice(epoch, null, false);
    if (!keep.isMapping()) {
      if (keep.asNumber().isPresent() || !keep.describe().equals("'" + LAST + "'")) {
        keep.problem("must be last, {lowest: COLUMN} or {highest: COLUMN}, not " + keep.describe());
      }
      return last;
    }
    Map<String, MappingValue> keys = keep.mapping(KEEP);
    if (keys.size() != 1) {
      keep.problem("must be last, {lowest: COLUMN} or {highest: COLUMN}");
      return last;
    }
    Map.Entry<String, MappingValue> by = keys.entrySet().iterator().next();
    return by.getValue()
        .column()
        .map(column -> new EpochChoice(epoch, column, by.getKey().equals(KEEP.get(1))))
        .orElse(last);
  }

  private static Set<String> missing(@Nullable MappingValue value) {
    Set<String> missing = new LinkedHashSet<>();
    if (value == null) {
      missing.add("");
    } else {
      value.items().forEach(item -> item.text().map(String::strip).ifPresent(missing::add));
    }
    return missing;
  }

  private static Map<ColumnName, List<String>> where(@Nullable MappingValue value) {
    Map<ColumnName, List<String>> where = new LinkedHashMap<>();
    if (value != null) {
      value
          .mapping()
          .forEach(
              (key, texts) ->
                  where.put(
                      new ColumnName(
                          key.text(),
                          texts.path(),
                          key.node().getStartMark().getLine() + 1,
                          key.node().getStartMark().getColumn() + 1),
                      texts.items().stream().flatMap(item -> item.text().stream()).toList()));
    }
    return where;
  }

  private static char separator(@Nullable MappingValue value) {
    if (value == null) {
      return ',';
    }
    Optional<String> text = value.text();
    if (text.isPresent() && !List.of(",", ";", "\t", "|").contains(text.get())) {
      value.problem("must be \",\" or \";\" or \"\\t\" or \"|\", not " + value.describe());
    }
    return text.filter(one -> one.length() == 1).map(one -> one.charAt(0)).orElse(',');
  }
}
