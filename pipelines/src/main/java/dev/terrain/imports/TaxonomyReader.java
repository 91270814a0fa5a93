package dev.terrain.imports;

import dev.terrain.sweep.SettingsJson;
import dev.terrain.v1.TaxonomySettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code taxonomy} of a mapping file, whose ranges the schema states. */
final class TaxonomyReader {
  private TaxonomyReader() {}

  /** The settings that are written, others at their defaults. */
  static TaxonomySettings read(@Nullable MappingValue section) {
    TaxonomySettings settings = SettingsJson.defaults(TaxonomySettings.class);
    if (section == null) {
      return settings;
    }
    List<String> names = settings.getSchema().getFields().stream().map(Schema.Field::name).toList();
    Map<String, MappingValue> values = section.mapping(names);
    values.forEach(
        (name, value) -> {
          Schema.Field field = settings.getSchema().getField(name);
          String allowed = allowed(field);
          value
              .number(allowed)
              .filter(number -> isInside(field, allowed, number, value))
              .ifPresent(number -> settings.put(field.pos(), typed(field, number)));
        });
    return settings;
  }

  private static boolean isWhole(Schema.Field field) {
    return field.schema().getType() == Schema.Type.INT;
  }

  private static Object typed(Schema.Field field, BigDecimal number) {
    return isWhole(field)
        ? (Object) Integer.valueOf(number.intValueExact())
        : Double.valueOf(number.doubleValue());
  }

  private static boolean isInside(
      Schema.Field field, String allowed, BigDecimal number, MappingValue value) {
    BigDecimal least = bound(field, "minimum");
    BigDecimal above = bound(field, "exclusiveMinimum");
    BigDecimal most = bound(field, "maximum");
    boolean inside =
        (least == null || number.compareTo(least) >= 0)
            && (above == null || number.compareTo(above) > 0)
            && (most == null || number.compareTo(most) <= 0)
            && (!isWhole(field) || number.stripTrailingZeros().scale() <= 0);
    if (!inside) {
      value.problem("must be " + allowed + ", not " + value.describe());
    }
    return inside;
  }

  private static String allowed(Schema.Field field) {
    BigDecimal above = bound(field, "exclusiveMinimum");
    BigDecimal least = above == null ? bound(field, "minimum") : above;
    return "%s in %s%s, %s]"
        .formatted(
            isWhole(field) ? "a whole number" : "a number",
            above == null ? "[" : "(",
            text(least),
            text(bound(field, "maximum")));
  }

  private static String text(@Nullable BigDecimal bound) {
    return bound == null ? "" : GridNumber.text(bound.doubleValue());
  }

  private static @Nullable BigDecimal bound(Schema.Field field, String property) {
    Object bound = field.getObjectProp(property);
    return bound == null ? null : new BigDecimal(bound.toString());
  }
}
