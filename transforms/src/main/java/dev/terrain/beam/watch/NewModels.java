package dev.terrain.beam.watch;

import dev.terrain.beam.units.Coders;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelSpec;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** The spec of each model that is asked for, once in a stream however often it is asked for. */
public final class NewModels extends PTransform<PCollection<ModelRequest>, PCollection<ModelSpec>> {
  private static final long serialVersionUID = 1;

  private NewModels() {}

  /** Finds new models. */
  public static NewModels create() {
    return new NewModels();
  }

  @Override
  public PCollection<ModelSpec> expand(PCollection<ModelRequest> requests) {
    return requests
        .apply("Key by model", ParDo.of(new KeyFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), Coders.of(ModelSpec.class)))
        .apply("Keep new", ParDo.of(new NewFn()))
        .setCoder(Coders.of(ModelSpec.class));
  }

  private static final class KeyFn extends DoFn<ModelRequest, KV<String, ModelSpec>> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element ModelRequest request, OutputReceiver<KV<String, ModelSpec>> out) {
      out.output(KV.of(Fingerprints.modelId(request.getSpec()), request.getSpec()));
    }
  }

  private static final class NewFn extends DoFn<KV<String, ModelSpec>, ModelSpec> {
    private static final long serialVersionUID = 1;

    @StateId("known")
    private final StateSpec<ValueState<Boolean>> knownSpec = StateSpecs.value(BooleanCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, ModelSpec> model,
        @StateId("known") ValueState<Boolean> known,
        OutputReceiver<ModelSpec> out) {
      if (known.read() == null) {
        known.write(true);
        out.output(model.getValue());
      }
    }
  }
}
