package dev.terrain.beam;

import dev.terrain.beam.units.Coders;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Expands each sweep into the specs of its models, in the sweep's order. */
public final class ExpandSweep extends PTransform<PCollection<Sweep>, PCollection<ModelSpec>> {
  private static final long serialVersionUID = 1;

  private ExpandSweep() {}

  /** Expands sweeps. */
  public static ExpandSweep create() {
    return new ExpandSweep();
  }

  @Override
  public PCollection<ModelSpec> expand(PCollection<Sweep> sweeps) {
    return sweeps.apply("Expand", ParDo.of(new ExpandFn())).setCoder(Coders.of(ModelSpec.class));
  }

  private static final class ExpandFn extends DoFn<Sweep, ModelSpec> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element Sweep sweep, OutputReceiver<ModelSpec> out) {
      SweepExpansion.of(sweep).models().forEach(out::output);
    }
  }
}
