package dev.terrain.stage.standard;

import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;

/** Which measurements a sweep makes of each of its cells. */
public final class CellPlan {
  private final List<ConfiguredStage<?>> measurements;

  private CellPlan(List<ConfiguredStage<?>> measurements) {
    this.measurements = measurements;
  }

  /** What a sweep asks for of the stages that there are. */
  public static CellPlan of(Sweep sweep, Stages stages) {
    List<ConfiguredStage<?>> asked = new ArrayList<>();
    for (MeasurementStage<?> stage : stages.measurements()) {
      if (stage.isAskedFor(sweep)) {
        asked.add(ConfiguredStage.of(stage, sweep));
      }
    }
    return new CellPlan(List.copyOf(asked));
  }

  /** What a sweep asks for of the standard stages. */
  public static CellPlan of(Sweep sweep) {
    return of(sweep, Stages.standard());
  }

  /** The units that a sweep's cell gives. */
  public static List<Unit> units(Sweep sweep, List<ModelRef> trained, boolean allEnded) {
    return of(sweep).units(trained, allEnded);
  }

  /** The stages that are asked for, in their order. */
  public List<ConfiguredStage<?>> measurements() {
    return measurements;
  }

  /**
   * The units that the trained models of a cell give, stage by stage.
   *
   * @param trained the models that can be measured
   * @param allEnded whether no model of the cell is still to be trained
   */
  public List<Unit> units(List<ModelRef> trained, boolean allEnded) {
    return measurements.stream()
        .flatMap(measurement -> measurement.units(trained, allEnded).stream())
        .toList();
  }
}
