package dev.terrain.tables;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A table as text for other tools, one row at a time. Columns are the schema's fields in their
 * order; timestamps are ISO-8601 in UTC; a value that is null, infinite or undefined is an empty
 * field in CSV and null in JSON; arrays are JSON in both. In CSV a text that begins as a formula
 * does, and is no number, has an apostrophe before it.
 */
public final class TableExport {

  private final RowWriter writer;
  private boolean begun;
  private long rows;

  private TableExport(RowWriter writer) {
    this.writer = writer;
  }

  /** Begins an export in which no text is taken for a formula: {@code begin(…, false, …)}. */
  public static TableExport begin(ExportFormat format, Schema schema, Appendable out)
      throws IOException {
    return begin(format, schema, false, out);
  }

  /**
   * Begins an export; a CSV's header line is written at once, so that an empty table has one too.
   *
   * @param raw whether CSV has texts as they are, also those that a spreadsheet would compute
   * @throws IOException from {@code out}
   */
  public static TableExport begin(ExportFormat format, Schema schema, boolean raw, Appendable out)
      throws IOException {
    TableExport export = of(format, schema, raw, out);
    export.begin();
    return export;
  }

  private static TableExport of(ExportFormat format, Schema schema, boolean raw, Appendable out) {
    return new TableExport(
        switch (format) {
          case CSV -> new CsvLines(schema, raw, out);
          case JSONL -> new JsonLines(out);
        });
  }

  private void begin() throws IOException {
    if (!begun) {
      writer.begin();
      begun = true;
    }
  }

  /** Exports a whole table in which no text is taken for a formula. */
  public static long write(TableReader reader, Table table, ExportFormat format, Appendable out)
      throws IOException {
    return write(reader, table, format, false, out);
  }

  /**
   * Exports a whole table.
   *
   * @param raw as in {@link #begin}
   * @return the number of its rows
   * @throws IOException before anything is written, if the files of the table are not what was
   *     written to them; or from {@code out}
   */
  public static long write(
      TableReader reader, Table table, ExportFormat format, boolean raw, Appendable out)
      throws IOException {
    // Not begun before a row is there: of damaged tables not even a header is to tell of a table.
    TableExport export = of(format, table.schema(), raw, out);
    reader.forEach(table, export::row);
    export.begin();
    return export.rows;
  }

  /** Writes one row, which must be of the schema. */
  public void row(IndexedRecord row) throws IOException {
    begin();
    writer.row(row);
    rows++;
  }
}
