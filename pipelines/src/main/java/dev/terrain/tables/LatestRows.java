package dev.terrain.tables;

import dev.terrain.v1.RowIdentity;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds the latest of the rows that a stream has written of one thing: of a model, of a
 * measurement, of a cell of a sweep, and so on, as the {@link RowIdentity} of the table says. A
 * failure of a unit that has finished since is not among them, nor is a row of an earlier revision
 * of what is revised together. A failure of a verification of weights, which adds no rows, has
 * ended when its model has been measured since.
 *
 * <p>The clock decides, and of two rows of one time the one that is read last: revisions of a cell
 * start anew where a stream has lost its state.
 */
final class LatestRows {
  private final Table table;
  private final RowIdentity identity;
  private final Optional<RowIdentity> revisedWith;
  private final Set<String> finished = new HashSet<>();
  private final Map<String, Instant> measured = new HashMap<>();
  private final Map<List<String>, Latest> latest = new HashMap<>();
  private final Map<List<String>, Instant> revisions = new HashMap<>();
  private long rows;

  private LatestRows(Table table) {
    this.table = table;
    this.identity = RowIdentity.of(table.schema());
    this.revisedWith = RowIdentity.revisedWith(table.schema());
  }

  /** Numbers of the rows that are the latest, counted from 0 as they are read. */
  static Set<Long> of(Table table, TableReader reader) throws IOException {
    LatestRows search = new LatestRows(table);
    if (table == Table.FAILURES) {
      reader.forEachWritten(
          Table.MODELS,
          row -> {
            search.finished.add(text(row, "key"));
            search.finished.add(text(row, "model_id"));
          });
      Set<String> trainings = new HashSet<>(search.finished);
      reader.forEachWritten(
          Table.MEASUREMENTS,
          row -> {
            search.finished.add(text(row, "key"));
            String model = text(row, "model_id");
            if (model != null && !trainings.contains(text(row, "key"))) {
              search.measured.merge(model, time(row, "computed_at"), LatestRows::later);
            }
          });
    }
    reader.forEachWritten(table, search::add);
    Set<Long> numbers = new HashSet<>();
    for (Latest row : search.latest.values()) {
      if (search.revisedWith.isEmpty() || row.time().equals(search.revisions.get(row.revised()))) {
        numbers.add(row.number());
      }
    }
    return numbers;
  }

  private void add(SpecificRecord row) {
    long number = rows++;
    if (table == Table.FAILURES && hasFinished(row)) {
      return;
    }
    List<String> thing = identity.of(row);
    Instant time = time(row, table == Table.FAILURES ? "failed_at" : "computed_at");
    List<String> revised = revisedWith.map(columns -> columns.of(row)).orElse(List.of());
    revisions.merge(revised, time, (one, other) -> one.isAfter(other) ? one : other);
    Latest other = latest.get(thing);
    if (other == null || !time.isBefore(other.time())) {
      latest.put(thing, new Latest(number, time, revised));
    }
  }

  /** A training that could not be named has failed without a key. */
  private boolean hasFinished(SpecificRecord row) {
    if (text(row, "stage").equals("checkpoint")) {
      Instant since = measured.getOrDefault(text(row, "model_id"), Instant.MIN);
      return since.isAfter(time(row, "failed_at"));
    }
    String key = text(row, "key");
    return finished.contains(
        key == null && text(row, "stage").equals("train") ? text(row, "model_id") : key);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant time(SpecificRecord row, String column) {
    return (Instant) value(row, column);
  }

  private static Object value(SpecificRecord row, String column) {
    Schema.Field field = row.getSchema().getField(column);
    return row.get(field.pos());
  }

  private static String text(SpecificRecord row, String column) {
    Object value = value(row, column);
    return value == null ? null : value.toString();
  }

  /**
   * @param revised what it is revised with; empty if by itself
   */
  private record Latest(long number, Instant time, List<String> revised) {}
}
