package dev.terrain.sweep;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** What a record says beyond the defaults of its schema. */
final class Defaults {
  private static final Map<Schema, List<Value>> OF_SCHEMAS = new ConcurrentHashMap<>();

  private Defaults() {}

  /**
   * The default of a field, as {@link #plain} gives it.
   *
   * @param exists whether the field has one
   */
  private record Value(String name, int position, boolean exists, @Nullable Object value) {
    static Value of(Schema.Field field) {
      boolean exists = field.hasDefaultValue();
      return new Value(
          field.name(), field.pos(), exists, exists ? plain(Defaults.of(field)) : null);
    }

    boolean isTheSameAs(@Nullable Object other) {
      // Most values are, and then need not be made plain.
      return exists && (Objects.equals(other, value) || Objects.equals(plain(other), value));
    }
  }

  /** The values of a record that are not the defaults of their fields, by name. */
  static SortedMap<String, Object> differing(IndexedRecord record) {
    SortedMap<String, Object> values = new TreeMap<>();
    for (Value known : OF_SCHEMAS.computeIfAbsent(record.getSchema(), Defaults::ofSchema)) {
      Object value = record.get(known.position());
      if (!known.isTheSameAs(value)) {
        values.put(known.name(), value);
      }
    }
    return values;
  }

  private static List<Value> ofSchema(Schema schema) {
    return schema.getFields().stream()
        .map(Value::of)
        .sorted(Comparator.comparing(Value::name))
        .toList();
  }

  /** The default of a field that has one. */
  static Object of(Schema.Field field) {
    Object value = SpecificData.get().getDefaultValue(field);
    return value instanceof Collection<?> list ? List.copyOf(list) : value;
  }

  /** Texts as Strings; zero for negative zero, since both are the same setting. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().map(Defaults::plain).toList();
    }
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    return value instanceof Double number ? Double.valueOf(number + 0.0) : value;
  }
}
