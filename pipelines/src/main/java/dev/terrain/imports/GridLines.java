package dev.terrain.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a table in CSV (RFC 4180, or with another separator), in UTF-8 with or without a
 * byte-order mark: a header, then lines of as many fields. Empty lines are passed over; white space
 * around a field is no part of it.
 */
final class GridLines implements Closeable {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final String grid;
  private final CsvParser parser;
  private final List<String> header;

  /**
   * A line.
   *
   * @param number of the line in the file where it begins, counted from 1
   * @param fields as many as the header has
   */
  record Line(long number, List<String> fields) {}

  /**
   * Reads the header.
   *
   * @param grid what messages call the table
   * @param bytes are closed with this
   * @throws InvalidGridException if there is no header, or two columns have one name
   */
  GridLines(String grid, InputStream bytes, char separator) throws IOException {
    this.grid = grid;
    // A decoder that is made this way says so where bytes are no UTF-8.
    Reader reader =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    try {
      skipByteOrderMark(reader);
    } catch (CharacterCodingException e) {
      throw notText();
    }
    this.parser = new CsvFactory().createParser(reader);
    parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
    Line first = read();
    if (first == null) {
      throw InvalidGridException.of(grid, "the file is empty; a header and lines are needed");
    }
    this.header = first.fields();
    checkHeader();
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  private void checkHeader() {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!name.isEmpty() && !seen.add(name)) {
        throw InvalidGridException.of(
            grid,
            "columns %d and %d are both called '%s'"
                .formatted(header.indexOf(name) + 1, header.lastIndexOf(name) + 1, name));
      }
    }
  }

  /** Names of the columns. */
  List<String> header() {
    return header;
  }

  /**
   * The next line; null at the end.
   *
   * @throws InvalidGridException if it has more or fewer fields than the header, or is no CSV
   */
  @Nullable Line next() throws IOException {
    Line line = read();
    if (line != null && line.fields().size() != header.size()) {
      throw InvalidGridException.at(
          grid,
          line.number(),
          "has %d field%s, but the header has %d"
              .formatted(
                  line.fields().size(), line.fields().size() == 1 ? "" : "s", header.size()));
    }
    return line;
  }

  private @Nullable Line read() throws IOException {
    try {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          Line line = fields();
          if (line.fields().size() > 1 || !line.fields().get(0).isEmpty()) {
            return line;
          }
        }
      }
      return null;
    } catch (CharacterCodingException e) {
      throw notText();
    } catch (JsonProcessingException e) {
      throw InvalidGridException.at(grid, e.getLocation().getLineNr(), e.getOriginalMessage());
    }
  }

  private Line fields() throws IOException {
    List<String> fields = new ArrayList<>();
    long number = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = parser.nextToken()) {
      if (fields.isEmpty()) {
        number = parser.currentTokenLocation().getLineNr();
      }
      fields.add(parser.getText().strip());
    }
    if (fields.isEmpty()) {
      fields.add("");
    }
    return new Line(number, fields);
  }

  private InvalidGridException notText() {
    return InvalidGridException.of(grid, "is not text in UTF-8");
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
