package dev.terrain.pipelines;

import dev.terrain.store.ObjectStore;
import dev.terrain.tables.Table;
import dev.terrain.transforms.AppendTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/**
 * Makes sure that the tables hold what the pipeline wrote: gives a table without rows an empty
 * file, removes parts of an earlier run that was cut otherwise and those that a stream has added,
 * and compares the number of rows with those counted on their way.
 */
final class TableCheck {
  private static final Pattern PART = Pattern.compile(".*/part-\\d+-of-(\\d+)\\.avro");

  private final ObjectStore store;

  TableCheck(ObjectStore store) {
    this.store = store;
  }

  /**
   * Checks all tables.
   *
   * @param counted rows that were written to each table
   * @param parts files that each table was written in
   * @throws IOException if a table holds another number of rows, or cannot be read
   */
  void check(Map<Table, Long> counted, int parts) throws IOException {
    for (Table table : Table.values()) {
      if (counted.getOrDefault(table, 0L) == 0) {
        makeEmpty(table);
      } else {
        removeOtherParts(table, parts);
      }
      long rows = StudyTables.of(store).count(table, name -> PART.matcher(name).matches());
      long expected = counted.getOrDefault(table, 0L);
      if (rows != expected) {
        throw new IOException(
            "table %s holds %d rows, but %d were written; delete %s and run again"
                .formatted(table.folder(), rows, expected, store.uri("tables/" + table.folder())));
      }
    }
  }

  /**
   * A table without rows still is a file with a schema, so that its readers need no special case.
   */
  private void makeEmpty(Table table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataFileWriter<>(new GenericDatumWriter<>()).create(table.schema(), bytes).close();
    store.write("tables/" + table.folder() + "/part-00000-of-00001.avro", bytes.toByteArray());
    removeOtherParts(table, 1);
  }

  private void removeOtherParts(Table table, int parts) throws IOException {
    for (String name : store.list("tables/" + table.folder() + "/")) {
      Matcher part = PART.matcher(name);
      boolean other = part.matches() && Integer.parseInt(part.group(1)) != parts;
      if (other || name.contains("/" + AppendTables.PREFIX)) {
        store.delete(name);
      }
    }
  }
}
