package dev.terrain.beam;

import dev.terrain.sweep.AxisValues;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.taxonomy.CellIdentity;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;

/** Tells where in a sweep the cell of a model is. */
public final class CellIdentities {
  private CellIdentities() {}

  /** The place on a sweep's axes of the cell that a spec belongs to. */
  public static CellIdentity of(Sweep sweep, ModelSpec spec) {
    String load = sweep.getLoad().getSetting();
    String temperature = sweep.getTemperature().getSetting();
    return new CellIdentity(
        Fingerprints.cellId(spec),
        sweep.getName(),
        load,
        AxisValues.number(spec, load),
        temperature,
        AxisValues.number(spec, temperature),
        AxisValues.slice(sweep, spec).orElse(null));
  }
}
