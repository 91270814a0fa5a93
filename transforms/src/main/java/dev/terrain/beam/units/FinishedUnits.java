package dev.terrain.beam.units;

import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** What a stage gives: each unit once, either with its result or as a failure. */
public final class FinishedUnits implements POutput {
  private final PCollection<KV<Unit, UnitResult>> results;
  private final PCollection<Failure> failures;

  public FinishedUnits(PCollection<KV<Unit, UnitResult>> results, PCollection<Failure> failures) {
    this.results = results;
    this.failures = failures;
  }

  /** What several stages give together, none at least. */
  public static FinishedUnits join(Pipeline pipeline, List<FinishedUnits> stages) {
    if (stages.isEmpty()) {
      return new FinishedUnits(
          pipeline.apply("No results", Create.empty(Coders.finished())),
          pipeline.apply("No failures", Create.empty(Coders.of(Failure.class))));
    }
    return new FinishedUnits(
        PCollectionList.of(stages.stream().map(FinishedUnits::results).toList())
            .apply("Join results", Flatten.pCollections()),
        PCollectionList.of(stages.stream().map(FinishedUnits::failures).toList())
            .apply("Join failures", Flatten.pCollections()));
  }

  /** The units that are in the ledger, with their results. */
  public PCollection<KV<Unit, UnitResult>> results() {
    return results;
  }

  /** The units that failed in this run. */
  public PCollection<Failure> failures() {
    return failures;
  }

  @Override
  public Pipeline getPipeline() {
    return results.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(new TupleTag<>("results"), results, new TupleTag<>("failures"), failures);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
