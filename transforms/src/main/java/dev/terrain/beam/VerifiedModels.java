package dev.terrain.beam;

import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** What the verification of stored weights gives: each model once, sound or as a failure. */
public final class VerifiedModels implements POutput {
  private final PCollection<ModelRef> models;
  private final PCollection<Failure> failures;

  VerifiedModels(PCollection<ModelRef> models, PCollection<Failure> failures) {
    this.models = models;
    this.failures = failures;
  }

  /** The models that can be measured. */
  public PCollection<ModelRef> models() {
    return models;
  }

  /** The models whose weights are not sound, of stage {@code checkpoint}. */
  public PCollection<Failure> failures() {
    return failures;
  }

  @Override
  public Pipeline getPipeline() {
    return models.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(new TupleTag<>("models"), models, new TupleTag<>("failures"), failures);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
