package dev.terrain.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Settings as JSON: the values that are not their fields' defaults, sorted by name. So equal
 * settings have equal texts, and those that leave a new setting at its default keep theirs.
 */
public final class SettingsJson {
  /** All settings at their defaults. */
  public static final String NONE = "{}";

  private static final JsonMapper MAPPER = new JsonMapper();

  private SettingsJson() {}

  /** The text of settings. */
  public static String write(IndexedRecord settings) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    Defaults.differing(settings).forEach((name, value) -> tree.set(name, SweepJson.json(value)));
    return tree.toString();
  }

  /**
   * The settings of a text that {@link #write} made, those that it leaves out at their defaults.
   *
   * @throws IllegalArgumentException if it is no such text, or names a setting that there is not
   */
  public static <S extends SpecificRecord> S read(Class<S> type, String json) {
    S settings = defaults(type);
    try {
      for (Map.Entry<String, JsonNode> entry : MAPPER.readTree(json).properties()) {
        Schema.Field field = settings.getSchema().getField(entry.getKey());
        if (field == null) {
          throw new IllegalArgumentException(
              "%s has no setting '%s'".formatted(type.getSimpleName(), entry.getKey()));
        }
        settings.put(field.pos(), value(field.schema(), entry.getValue()));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("'" + json + "' is no JSON of settings", e);
    }
    return settings;
  }

  /** Settings at their defaults. */
  public static <S extends SpecificRecord> S defaults(Class<S> type) {
    Schema schema = schema(type);
    S settings = type.cast(SpecificData.newInstance(type, schema));
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        settings.put(field.pos(), Defaults.of(field));
      }
    }
    return settings;
  }

  /** The schema of a type of settings. */
  static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  private static Object value(Schema schema, JsonNode node) {
    return switch (schema.getType()) {
      case INT -> node.intValue();
      case LONG -> node.longValue();
      case DOUBLE -> node.doubleValue();
      case BOOLEAN -> node.booleanValue();
      case STRING -> node.textValue();
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        node.forEach(item -> items.add(value(schema.getElementType(), item)));
        yield List.copyOf(items);
      }
      default ->
          throw new IllegalArgumentException(
              "a setting must be a number, a text, true or false, or a list, not " + schema);
    };
  }
}
