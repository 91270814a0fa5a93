package dev.terrain.report;

import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.v1.Sweep;
import java.util.List;

/**
 * Which way load and temperature grow along the axes.
 *
 * @param loadRises whether load rises with the value of its setting
 * @param temperatureRises whether temperature does
 */
record Directions(boolean loadRises, boolean temperatureRises) {

  /** Those of settings of ours. */
  static Directions of(Sweep plan) {
    return new Directions(
        DiagramAxis.load(plan.getLoad().getSetting(), List.of()).rises(),
        DiagramAxis.temperature(plan.getTemperature().getSetting(), List.of()).rises());
  }
}
