package dev.terrain.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro values as JSON: timestamps as ISO-8601 text in UTC; numbers that JSON cannot write (infinite
 * or undefined) as null.
 */
final class JsonValues {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonValues() {}

  /** A record as one JSON object on one line, nulls kept. */
  static String object(IndexedRecord row) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(row, row.getSchema(), json);
    }
    return text.toString();
  }

  /** An array as JSON on one line. */
  static String array(Collection<?> values, Schema schema) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(values, schema, json);
    }
    return text.toString();
  }

  /** The value that a reader is shown: logical timestamps as {@link Instant}. */
  static Object plain(Object value, Schema schema) {
    if (value instanceof Long micros
        && present(schema).getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
    boolean unwritable = value instanceof Number number && !Double.isFinite(number.doubleValue());
    return unwritable ? null : value;
  }

  /** The schema of the values that are not null. */
  static Schema present(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(schema);
  }

  private static void write(Object raw, Schema schema, JsonGenerator json) throws IOException {
    Object value = plain(raw, schema);
    if (value instanceof IndexedRecord row) {
      json.writeStartObject();
      for (Schema.Field field : row.getSchema().getFields()) {
        json.writeFieldName(field.name());
        write(row.get(field.pos()), field.schema(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> elements) {
      json.writeStartArray();
      for (Object element : elements) {
        write(element, present(schema).getElementType(), json);
      }
      json.writeEndArray();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }
}
