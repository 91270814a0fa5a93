package dev.terrain.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Lines of RFC 4180: null is an empty field, an empty text a quoted one; arrays are JSON text. A
 * text that a spreadsheet would compute begins with an apostrophe, unless it is wanted as it is.
 */
final class CsvLines implements RowWriter {
  /** What formulas begin with, in ASCII and in full width, and the blanks that hide it. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  private final Schema schema;
  private final boolean raw;
  private final Appendable out;

  /**
   * @param raw whether texts are written as they are
   */
  CsvLines(Schema schema, boolean raw, Appendable out) {
    this.schema = schema;
    this.raw = raw;
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

  private String text(Object field, Schema schema) throws IOException {
    Object value = JsonValues.plain(field, schema);
    if (value == null) {
      return "";
    }
    if (value instanceof Collection<?> elements) {
      return quoted(JsonValues.array(elements, schema));
    }
    if (value instanceof IndexedRecord row) {
      return quoted(JsonValues.object(row));
    }
    return quoted(
        value instanceof CharSequence text ? harmless(text.toString()) : value.toString());
  }

  private String harmless(String text) {
    boolean computed =
        !text.isEmpty()
            && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
            && !NUMBER.matcher(text).matches();
    return computed && !raw ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean needed =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
