package dev.terrain.sweep;

import dev.terrain.registry.Plugins;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What a field of an Avro record may hold: a number or a text, or a list of them, within the range
 * or among the values that the field's properties {@code minimum}, {@code exclusiveMinimum}, {@code
 * maximum}, {@code exclusiveMaximum} and {@code allowed} state.
 */
final class Setting {
  /** The one setting of a model's spec that a sweep sets with its seeds, not its base or axes. */
  static final String SEED = "seed";

  private final Schema.Field field;
  private final Schema.Type type;
  private final boolean list;
  private final Plugins plugins;

  private Setting(Schema.Field field, Plugins plugins) {
    this.field = field;
    this.plugins = plugins;
    this.list = field.schema().getType() == Schema.Type.ARRAY;
    this.type = (list ? field.schema().getElementType() : field.schema()).getType();
  }

  /** The setting of a field whose type is int, long, double, string or an array of these. */
  static Setting of(Schema.Field field) {
    return of(field, Plugins.ofThisProcess());
  }

  /** The same; what plugins bring is allowed beside what the field's schema states. */
  static Setting of(Schema.Field field, Plugins plugins) {
    return new Setting(field, plugins);
  }

  /** The setting of a schema's field. */
  static Setting of(Schema schema, String name) {
    return of(schema.getField(name));
  }

  /** All settings of a flat record, by name, in the order of its schema. */
  static Map<String, Setting> of(Schema schema) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Schema.Field field : schema.getFields()) {
      settings.put(field.name(), of(field));
    }
    return settings;
  }

  Schema.Field field() {
    return field;
  }

  String name() {
    return field.name();
  }

  boolean isList() {
    return list;
  }

  boolean isInteger() {
    return type == Schema.Type.INT || type == Schema.Type.LONG;
  }

  boolean isText() {
    return type == Schema.Type.STRING;
  }

  /** Whether the setting can be the load or temperature axis. */
  boolean isNumericScalar() {
    return !list && !isText();
  }

  /** The texts that are allowed, those from outside last; empty if any is. */
  List<String> allowed() {
    return field.getObjectProp("allowed") instanceof Collection<?> texts
        ? Stream.concat(texts.stream().map(String::valueOf), plugins.names(name()).stream())
            .toList()
        : List.of();
  }

  /** The bound that a property of the field states; integers end with their type at last. */
  Optional<BigDecimal> bound(String property) {
    Object bound = field.getObjectProp(property);
    if (bound == null && isInteger() && property.equals("maximum")) {
      bound = type == Schema.Type.INT ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }
    return Optional.ofNullable(bound).map(number -> new BigDecimal(number.toString()));
  }

  /** The number as the field's type; empty if it is out of range or not an integer but must be. */
  Optional<Object> convert(BigDecimal number) {
    if (!isInteger()) {
      double rounded = number.doubleValue() + 0.0;
      return Double.isFinite(rounded) && isInside(BigDecimal.valueOf(rounded))
          ? Optional.of(rounded)
          : Optional.empty();
    }
    if (!isInside(number)) {
      return Optional.empty();
    }
    try {
      return type == Schema.Type.INT
          ? Optional.of(number.intValueExact())
          : Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Whether one value, a text or a number, may be. */
  boolean allows(Object value) {
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue())
          && convert(new BigDecimal(number.toString())).isPresent();
    }
    return allowed().isEmpty() || allowed().contains(value.toString());
  }

  private boolean isInside(BigDecimal number) {
    return bound("minimum").filter(bound -> number.compareTo(bound) < 0).isEmpty()
        && bound("exclusiveMinimum").filter(bound -> number.compareTo(bound) <= 0).isEmpty()
        && bound("maximum").filter(bound -> number.compareTo(bound) > 0).isEmpty()
        && bound("exclusiveMaximum").filter(bound -> number.compareTo(bound) >= 0).isEmpty();
  }

  /** What one value may be, in words: {@code "an integer in [1, 4096]"}. */
  String allowedText() {
    if (isText()) {
      return allowed().isEmpty() ? "a text" : "one of " + String.join(", ", allowed());
    }
    String noun = isInteger() ? "an integer" : "a number";
    Optional<BigDecimal> above = bound("exclusiveMinimum");
    Optional<BigDecimal> below = bound("exclusiveMaximum");
    Optional<BigDecimal> least = above.or(() -> bound("minimum"));
    Optional<BigDecimal> most = below.or(() -> bound("maximum"));
    if (most.isEmpty() && least.isEmpty()) {
      return noun;
    }
    return noun
        + " in "
        + least.map(bound -> (above.isPresent() ? "(" : "[") + text(bound)).orElse("(-inf")
        + ", "
        + most.map(bound -> text(bound) + (below.isPresent() ? ")" : "]")).orElse("inf)");
  }

  private static String text(BigDecimal bound) {
    return bound.signum() == 0 ? "0" : bound.stripTrailingZeros().toPlainString();
  }
}
