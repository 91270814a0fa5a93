package dev.terrain.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.avro.generic.IndexedRecord;

/** Records as JSON, as exported tables write them. */
public final class RowJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RowJson() {}

  /** A record as an object, nulls kept, timestamps as ISO-8601 text. */
  public static JsonNode tree(IndexedRecord row) throws IOException {
    return MAPPER.readTree(JsonValues.object(row));
  }
}
