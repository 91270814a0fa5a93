package dev.terrain.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * An Avro schema without what data do not need: docs, and the Java class that a text becomes.
 * Names, types, logical types, defaults and aliases stay, so any reader resolves it as it would the
 * whole.
 */
final class CompactSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CompactSchema() {}

  static Schema of(Schema schema) {
    try {
      JsonNode json = JSON.readTree(schema.toString());
      strip(json);
      return new Schema.Parser().parse(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void strip(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.remove(List.of("doc", "avro.java.string"));
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!field.getKey().equals("default")) {
        strip(field.getValue());
      }
    }
    if (json.isArray()) {
      json.forEach(CompactSchema::strip);
    }
  }
}
