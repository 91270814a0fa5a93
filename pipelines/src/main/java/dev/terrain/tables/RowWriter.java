package dev.terrain.tables;

import java.io.IOException;
import org.apache.avro.generic.IndexedRecord;

/** Writes rows of one schema as text. */
interface RowWriter {

  /** Writes what stands before the first row. */
  void begin() throws IOException;

  /** Writes one row. */
  void row(IndexedRecord row) throws IOException;
}
