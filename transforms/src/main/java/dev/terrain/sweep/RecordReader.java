package dev.terrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.yaml.snakeyaml.nodes.Node;

/** Reads YAML mappings as Avro records, with defaults for the fields that are not written. */
final class RecordReader {
  private final Problems problems;
  private final ValueReader values;

  RecordReader(Problems problems) {
    this.problems = problems;
    this.values = new ValueReader(problems);
  }

  /** The record of a schema that a node holds; what is wrong with it is reported. */
  IndexedRecord read(Schema schema, Node node, String path) {
    List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
    return YamlMapping.of(node, path, names, problems)
        .map(mapping -> read(schema, mapping))
        .orElseGet(() -> defaults(schema));
  }

  /** The records of a schema that a list holds; what is wrong with them is reported. */
  Optional<List<Object>> list(Schema schema, Node node, String path) {
    return values.list(
        node, path, ValueReader.MAX_ITEMS, (item, place) -> Optional.of(read(schema, item, place)));
  }

  /** The record of a schema with a mapping's values. */
  IndexedRecord read(Schema schema, YamlMapping mapping) {
    IndexedRecord record = defaults(schema);
    for (Schema.Field field : schema.getFields()) {
      String path = mapping.path(field.name());
      Optional<Node> node = mapping.get(field.name());
      if (node.isPresent()) {
        value(field, node.get(), path).ifPresent(value -> record.put(field.pos(), value));
      } else if (!field.hasDefaultValue()) {
        problems.add(path, "is missing");
      }
    }
    return record;
  }

  /** A record whose fields hold their defaults, if they have one. */
  static IndexedRecord defaults(Schema schema) {
    IndexedRecord record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        record.put(field.pos(), Defaults.of(field));
      }
    }
    return record;
  }

  private Optional<Object> value(Schema.Field field, Node node, String path) {
    Schema schema = field.schema();
    if (schema.getType() == Schema.Type.RECORD) {
      return Optional.of(read(schema, node, path));
    }
    if (schema.getType() == Schema.Type.ARRAY
        && schema.getElementType().getType() == Schema.Type.RECORD) {
      return list(schema.getElementType(), node, path).map(ArrayList::new);
    }
    return values.read(Setting.of(field), node, path);
  }
}
