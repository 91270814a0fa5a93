package dev.terrain.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** The rows of a study's tables as sorted text, without the columns that differ from run to run. */
public final class TableRows {
  private static final Set<String> TIMES = Set.of("computed_at", "duration_ms", "failed_at");

  private TableRows() {}

  /** All tables of a study. */
  public static Map<Table, List<String>> of(Path study) throws IOException {
    Map<Table, List<String>> tables = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      List<String> rows = new ArrayList<>();
      TableReader.of(study).forEach(table, row -> rows.add(text(row)));
      Collections.sort(rows);
      tables.put(table, rows);
    }
    return tables;
  }

  private static String text(SpecificRecord row) {
    return row.getSchema().getFields().stream()
        .filter(field -> !TIMES.contains(field.name()))
        .map(field -> field.name() + "=" + row.get(field.pos()))
        .collect(Collectors.joining(" "));
  }
}
