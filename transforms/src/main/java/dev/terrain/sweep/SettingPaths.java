package dev.terrain.sweep;

import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a sweep file the settings of a cell come from: dotted paths such as {@code base.width}
 * or {@code axes.load.width[2]}, whether they are written there or not.
 */
public final class SettingPaths {
  private final Map<String, PlacedValues> axes = new HashMap<>();

  private SettingPaths(Sweep sweep) {
    put("load", sweep.getLoad());
    put("temperature", sweep.getTemperature());
    sweep.getOtherAxes().forEach(axis -> put("other", axis));
  }

  private void put(String kind, Axis axis) {
    String path = "axes." + kind + "." + axis.getSetting();
    axes.put(axis.getSetting(), new PlacedValues(path, AxisValues.of(axis)));
  }

  /** The paths of a valid sweep. */
  public static SettingPaths of(Sweep sweep) {
    return new SettingPaths(sweep);
  }

  /**
   * The path of a cell's value of a setting.
   *
   * @throws IllegalArgumentException if there is no such setting
   */
  public String of(ModelSpec cell, String setting) {
    Object value = cell.get(AxisValues.position(setting));
    PlacedValues axis = axes.get(setting);
    return axis == null
        ? "base." + setting
        : axis.path() + "[" + axis.values().indexOf(value) + "]";
  }

  private record PlacedValues(String path, List<Object> values) {}
}
