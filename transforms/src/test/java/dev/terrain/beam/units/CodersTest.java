package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.ExpandSweep;
import dev.terrain.beam.Measure;
import dev.terrain.beam.SummariseCells;
import dev.terrain.beam.TrainModels;
import dev.terrain.beam.tables.UnitRows;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class CodersTest {
  private static final StudyAddress STUDY = new StudyAddress("study", null);

  private static final Sweep SWEEP =
      SweepFile.parse(
          """
          axes:
            load:
              width: [2]
            temperature:
              batch_size: [32]
          seeds: 2
          """,
          "test");

  @Test
  void finishedUnits_returnFromTheirBytes() throws Exception {
    Unit unit = Samples.training(3);
    KV<Unit, UnitResult> finished = KV.of(unit, Samples.result(unit, 1 / 3.0));
    CoderProperties.coderDecodeEncodeEqual(Coders.finished(), finished);
    CoderProperties.coderSerializable(Coders.finished());
  }

  /** Records are Java-serialisable too, and Beam would fall back on that without a word. */
  @Test
  void noCollectionBetweenStages_fallsBackOnJavaSerialisation() {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollection<ModelSpec> specs =
        pipeline
            .apply(Create.of(SWEEP).withCoder(Coders.of(Sweep.class)))
            .apply(ExpandSweep.create());
    FinishedUnits trained = specs.apply(TrainModels.into(STUDY));
    PCollection<ModelRef> models = trained.results().apply("Trained", TrainModels.trained());
    models.apply(Measure.of(SWEEP, STUDY));
    PCollection<Model> rows =
        trained.results().apply("Models", UnitRows.of(Model.class, UnitResult::getModels));
    PCollectionTuple.of(SummariseCells.SPECS, specs)
        .and(SummariseCells.MODELS, rows)
        .and(
            SummariseCells.MEASUREMENTS,
            trained
                .results()
                .apply("Measurements", UnitRows.of(Measurement.class, UnitResult::getMeasurements)))
        .apply(SummariseCells.of(SWEEP));

    Map<String, String> coders = new LinkedHashMap<>();
    pipeline.traverseTopologically(
        new PipelineVisitor.Defaults() {
          @Override
          public void visitValue(PValue value, TransformHierarchy.Node producer) {
            coders.put(value.getName(), ((PCollection<?>) value).getCoder().toString());
          }
        });
    assertThat(coders).hasSizeGreaterThan(30);
    assertThat(coders.values()).noneMatch(coder -> coder.contains("SerializableCoder"));
  }
}
