package dev.terrain.sweep;

import dev.terrain.registry.Plugins;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a setting of a model has an effect: where another has one of some values, or is above a
 * number. The schema says so with the property {@code matters_if} of the setting's field; what
 * comes from outside says which settings it reads.
 *
 * @param of the other setting
 * @param among its values; empty if it must be above a number
 * @param above that number
 */
record SettingEffect(String of, List<String> among, double above) {
  private static final String PROPERTY = "matters_if";

  /** The condition of a setting; empty if it always has an effect. */
  static Optional<SettingEffect> of(String setting) {
    return of(setting, Plugins.ofThisProcess());
  }

  static Optional<SettingEffect> of(String setting, Plugins plugins) {
    Object property = ModelSpec.getClassSchema().getField(setting).getObjectProp(PROPERTY);
    if (!(property instanceof Map<?, ?> condition)) {
      return Optional.empty();
    }
    String other = Objects.requireNonNull((String) condition.get("setting"));
    List<String> among =
        condition.get("among") instanceof Collection<?> values
            ? Stream.concat(
                    values.stream().map(String::valueOf),
                    plugins.namesOfThoseReading(setting, other).stream())
                .toList()
            : List.of();
    double above = condition.get("above") instanceof Number number ? number.doubleValue() : 0;
    return Optional.of(new SettingEffect(other, among, above));
  }

  /** The values that the other setting takes in a sweep. */
  List<Object> values(Sweep sweep, List<Axis> axes) {
    return axes.stream()
        .filter(axis -> axis.getSetting().equals(of))
        .findFirst()
        .map(AxisValues::of)
        .orElseGet(() -> List.of(sweep.getBase().get(AxisValues.position(of))));
  }

  /** Whether a value of the other setting lets this one have an effect. */
  boolean isHeld(Object value) {
    return value instanceof Number number
        ? number.doubleValue() > above
        : among.contains(String.valueOf(value));
  }

  @Override
  public String toString() {
    return among.isEmpty()
        ? "it is above " + SettingText.plain(above)
        : "it is " + String.join(" or ", among);
  }
}
