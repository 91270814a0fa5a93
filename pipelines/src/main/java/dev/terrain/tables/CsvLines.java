package dev.terrain.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Lines of RFC 4180: null is an empty field, an empty text a quoted one; arrays are JSON text. */
final class CsvLines implements RowWriter {

  private final Schema schema;
  private final Appendable out;

  CsvLines(Schema schema, Appendable out) {
    this.schema = schema;
    this.out = out;
  }

  @Override
  public void begin() throws IOException {
    line(schema.getFields().stream().map(field -> quoted(field.name())).toList());
  }

  @Override
  public void row(IndexedRecord row) throws IOException {
    List<String> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      fields.add(text(row.get(field.pos()), field.schema()));
    }
    line(fields);
  }

  private void line(List<String> fields) throws IOException {
    out.append(String.join(",", fields)).append("\r\n");
  }

  private static String text(Object raw, Schema schema) throws IOException {
    Object value = JsonValues.plain(raw, schema);
    if (value == null) {
      return "";
    }
    if (value instanceof Collection<?> elements) {
      return quoted(JsonValues.array(elements, schema));
    }
    if (value instanceof IndexedRecord row) {
      return quoted(JsonValues.object(row));
    }
    return quoted(value.toString());
  }

  private static String quoted(String text) {
    boolean needed =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
