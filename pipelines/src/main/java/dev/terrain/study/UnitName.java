package dev.terrain.study;

import dev.terrain.sweep.AxisValues;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names models as people know them: by their place on the axes of a sweep, and their seeds, such as
 * {@code width=4, batch_size=32, seed 1}. What names a cell or a model this way also finds it.
 */
public final class UnitName {
  private UnitName() {}

  /** The name of a unit's models, and its part, as in {@code width=4, seed 1 (diagonal)}. */
  public static String of(Unit unit, Sweep sweep) {
    String models = of(unit.getModels(), sweep);
    return unit.getPart().isEmpty() ? models : models + " (" + unit.getPart() + ")";
  }

  public static String of(List<ModelRef> models, Sweep sweep) {
    return ofModels(models.stream().map(ModelRef::getSpec).toList(), sweep);
  }

  /** The name of models of one cell. */
  public static String ofModels(List<ModelSpec> models, Sweep sweep) {
    return ofCell(models.get(0), sweep)
        + (models.size() == 1 ? ", seed " : ", seeds ")
        + models.stream()
            .map(model -> Long.toString(model.getSeed()))
            .collect(Collectors.joining(", "));
  }

  /** The name of the cell of a model. */
  public static String ofCell(ModelSpec spec, Sweep sweep) {
    return Stream.concat(
            Stream.of(sweep.getLoad(), sweep.getTemperature()), sweep.getOtherAxes().stream())
        .map(axis -> axis.getSetting() + "=" + AxisValues.text(spec, axis.getSetting()))
        .collect(Collectors.joining(", "));
  }
}
