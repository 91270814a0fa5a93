package dev.terrain.tables;

import java.io.IOException;
import org.apache.avro.generic.IndexedRecord;

/** One JSON object a line. */
final class JsonLines implements RowWriter {

  private final Appendable out;

  JsonLines(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void row(IndexedRecord row) throws IOException {
    out.append(JsonValues.object(row)).append('\n');
  }
}
