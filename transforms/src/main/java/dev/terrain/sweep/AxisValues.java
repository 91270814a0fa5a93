package dev.terrain.sweep;

import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The values that settings have in a model's spec and on the axes of a sweep. */
public final class AxisValues {
  private AxisValues() {}

  /**
   * The values of an axis in its order: Integers, Longs, Doubles, Strings, or Lists of them,
   * whatever the type of its setting.
   *
   * @throws IllegalArgumentException if the setting does not exist or does not allow a value
   */
  public static List<Object> of(Axis axis) {
    Setting setting = Setting.of(field(axis.getSetting()));
    Problems problems = new Problems(axis.getSetting());
    List<Object> values = new ArrayList<>();
    for (String json : axis.getValues()) {
      SettingText.value(setting, json, axis.getSetting(), problems).ifPresent(values::add);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("axis " + axis + " holds a value that is not allowed");
    }
    return values;
  }

  /**
   * The value of a numeric setting.
   *
   * @throws IllegalArgumentException if there is no such setting, or it is not a number
   */
  public static double number(ModelSpec spec, String setting) {
    if (spec.get(field(setting).pos()) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("setting '" + setting + "' is not a number");
  }

  /**
   * The value of any setting as people read it: {@code 0.1}, {@code cnn}, {@code [64, 32]}.
   *
   * @throws IllegalArgumentException if there is no such setting
   */
  public static String text(ModelSpec spec, String setting) {
    return SettingText.plain(spec.get(field(setting).pos()));
  }

  /**
   * The values of a sweep's further axes in one cell, as {@code name=value} joined by commas; empty
   * if the sweep has none.
   */
  public static Optional<String> slice(Sweep sweep, ModelSpec cell) {
    return sweep.getOtherAxes().isEmpty()
        ? Optional.empty()
        : Optional.of(
            sweep.getOtherAxes().stream()
                .map(Axis::getSetting)
                .map(setting -> setting + "=" + text(cell, setting))
                .collect(Collectors.joining(", ")));
  }

  /**
   * The position of a setting's field in a spec.
   *
   * @throws IllegalArgumentException if there is no such setting
   */
  public static int position(String setting) {
    return field(setting).pos();
  }

  /** The field of a setting. */
  static Schema.Field field(String setting) {
    Schema.Field field = ModelSpec.getClassSchema().getField(setting);
    if (field == null) {
      throw new IllegalArgumentException("there is no setting '" + setting + "'");
    }
    return field;
  }
}
