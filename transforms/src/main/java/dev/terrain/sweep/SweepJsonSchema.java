package dev.terrain.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.v1.Check;
import dev.terrain.v1.ModelSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The JSON Schema (draft 2020-12) of sweep files, made from the Avro schemas: names, types, ranges,
 * defaults and descriptions of all settings.
 *
 * <p>It states what holds for each value on its own. What must hold between values (no setting on
 * two axes, milestones that fit the schedule, the size of the grid) only {@link SweepFile} checks.
 */
public final class SweepJsonSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, Setting> SETTINGS = Setting.of(ModelSpec.getClassSchema());

  private final SweepSections sections;
  private final Schema sweep;

  private SweepJsonSchema(SweepSections sections) {
    this.sections = sections;
    this.sweep = sections.document();
  }

  /** The JSON Schema, two blanks a level. */
  public static String text() {
    return text(SweepSections.ofProcess());
  }

  /** The same for other families of metrics. */
  public static String text(SweepSections sections) {
    return new SweepJsonSchema(sections).print();
  }

  private String print() {
    ObjectNode root = NODES.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Terrain sweep");
    closed(root, "A grid of models: a base, axes and seeds.");
    root.putArray("required").add("axes").add("seeds");
    ObjectNode properties = root.putObject("properties");
    properties.set(
        "name",
        described("name")
            .put("type", "string")
            .put("minLength", 1)
            .put("maxLength", SweepRules.MAX_NAME));
    properties.set("axes", axes());
    properties.set("only", described("only").put("type", "string"));
    properties.set("seeds", seeds());
    properties.set("metrics", setting(sections.metrics()).put("uniqueItems", true));
    for (String section : SweepReader.sections(sections)) {
      properties.set(section, section(section));
    }
    properties.set("checks", checks());
    return SweepJson.print(root);
  }

  private ObjectNode axes() {
    ObjectNode axes = NODES.objectNode();
    closed(axes, "The settings that vary.");
    axes.putArray("required").add("load").add("temperature");
    ObjectNode properties = axes.putObject("properties");
    properties.set("load", axis("load", true));
    properties.set("temperature", axis("temperature", true));
    properties.set("other", axis("other_axes", false));
    return axes;
  }

  private ObjectNode axis(String field, boolean one) {
    ObjectNode axis = NODES.objectNode();
    closed(axis, doc(field));
    if (one) {
      axis.put("minProperties", 1).put("maxProperties", 1);
    }
    ObjectNode properties = axis.putObject("properties");
    for (Setting setting : SETTINGS.values()) {
      if (!setting.name().equals(Setting.SEED) && (!one || setting.isNumericScalar())) {
        properties.set(setting.name(), axisValues(setting));
      }
    }
    return axis;
  }

  private static ObjectNode axisValues(Setting setting) {
    ObjectNode list = list(reference(setting.name())).put("minItems", 1).put("uniqueItems", true);
    if (!setting.isNumericScalar()) {
      return list;
    }
    ObjectNode range = NODES.objectNode();
    closed(range, "A geometric range, ends included; rounded for integers.");
    range.putArray("required").add("from").add("to").add("points");
    ObjectNode properties = range.putObject("properties");
    for (String end : List.of("from", "to")) {
      properties.set(end, reference(setting.name()).put("exclusiveMinimum", 0));
    }
    properties
        .putObject("points")
        .put("type", "integer")
        .put("minimum", GeometricRange.MIN_POINTS)
        .put("maximum", GeometricRange.MAX_POINTS);
    return either(NODES.objectNode(), list, range);
  }

  private ObjectNode seeds() {
    ObjectNode count =
        NODES
            .objectNode()
            .put("description", "A count n: the seeds 0 to n - 1.")
            .put("type", "integer")
            .put("minimum", 1)
            .put("maximum", ValueReader.MAX_ITEMS);
    ObjectNode list = NODES.objectNode();
    describe(list, Setting.of(sweep, "seeds"));
    return either(described("seeds"), count, list.put("minItems", 1).put("uniqueItems", true));
  }

  private ObjectNode section(String name) {
    ObjectNode section = NODES.objectNode();
    closed(section, doc(name));
    ObjectNode properties = section.putObject("properties");
    Setting.of(sweep.getField(name).schema())
        .forEach((key, setting) -> properties.set(key, setting(setting)));
    properties.remove(Setting.SEED);
    return section;
  }

  private ObjectNode checks() {
    ObjectNode check = NODES.objectNode();
    closed(check, Check.getClassSchema().getDoc());
    check.putArray("required").add("check");
    ObjectNode properties = check.putObject("properties");
    Setting.of(Check.getClassSchema()).forEach((key, value) -> properties.set(key, setting(value)));
    ObjectNode checks = described("checks");
    checks.setAll(list(check));
    return checks;
  }

  /** A setting with its description and, if it has one, its default. */
  private static ObjectNode setting(Setting setting) {
    ObjectNode node = NODES.objectNode().put("description", setting.field().doc());
    describe(node, setting);
    if (setting.field().hasDefaultValue()) {
      node.set("default", SweepJson.json(Defaults.of(setting.field())));
    }
    return node;
  }

  private static void describe(ObjectNode node, Setting setting) {
    ObjectNode value = setting.isList() ? NODES.objectNode() : node;
    if (setting.isText()) {
      value.put("type", "string");
      if (!setting.allowed().isEmpty()) {
        ArrayNode allowed = value.putArray("enum");
        setting.allowed().forEach(allowed::add);
      }
    } else {
      value.put("type", setting.isInteger() ? "integer" : "number");
      for (String bound : List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")) {
        setting.bound(bound).ifPresent(number -> value.set(bound, number(number)));
      }
    }
    if (setting.isList()) {
      node.setAll(list(value));
    }
  }

  private static DecimalNode number(BigDecimal bound) {
    BigDecimal plain = bound.signum() == 0 ? BigDecimal.ZERO : bound.stripTrailingZeros();
    return DecimalNode.valueOf(new BigDecimal(plain.toPlainString()));
  }

  private static ObjectNode list(ObjectNode items) {
    ObjectNode list = NODES.objectNode().put("type", "array");
    list.set("items", items);
    return list.put("maxItems", ValueReader.MAX_ITEMS);
  }

  private static ObjectNode either(ObjectNode node, ObjectNode first, ObjectNode second) {
    node.putArray("anyOf").add(first).add(second);
    return node;
  }

  private static ObjectNode reference(String setting) {
    return NODES.objectNode().put("$ref", "#/properties/base/properties/" + setting);
  }

  private ObjectNode described(String field) {
    return NODES.objectNode().put("description", doc(field));
  }

  private static void closed(ObjectNode node, String description) {
    node.put("description", description).put("type", "object").put("additionalProperties", false);
  }

  private String doc(String field) {
    return sweep.getField(field).doc();
  }
}
