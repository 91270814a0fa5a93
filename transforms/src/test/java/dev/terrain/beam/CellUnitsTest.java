package dev.terrain.beam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Counters;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Samples;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.ledger.Ledger;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.comparison.ConnectivityStage;
import dev.terrain.stage.comparison.DistanceStage;
import dev.terrain.stage.comparison.SimilarityStage;
import dev.terrain.stage.curvature.CurvatureStage;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.Units;
import dev.terrain.store.ObjectStores;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.NoSettings;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which units the measuring transforms make of trained models. */
@Tag("engine")
final class CellUnitsTest {
  private static final List<ModelRef> FOUR = Samples.cell(2, 4);
  private static final List<ModelRef> TWO = Samples.cell(4, 2);
  private static final List<ModelRef> ONE = Samples.cell(8, 1);

  @TempDir private Path folder;
  private TestPipeline pipeline;

  @BeforeEach
  void newPipeline() {
    pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  private StudyAddress study() {
    return new StudyAddress(folder.toString(), null);
  }

  /** The models of all cells, mixed up. */
  private PCollection<ModelRef> models() {
    List<ModelRef> models = new ArrayList<>(FOUR);
    models.addAll(TWO);
    models.addAll(ONE);
    Collections.reverse(models);
    Collections.swap(models, 0, 3);
    return pipeline.apply(Create.of(models).withCoder(Coders.of(ModelRef.class)));
  }

  private <S extends SpecificRecord> Measure measure(MeasurementStage<S> stage, S settings) {
    Sweep sweep =
        Sweep.newBuilder(
                SweepFile.parse(
                    "{axes: {load: {width: [2]}, temperature: {batch_size: [32]}}, seeds: 2}",
                    "one"))
            .setMetrics(List.of("losses", stage.name()))
            .build();
    return Measure.of(stage.withSettings(sweep, settings), study());
  }

  private static ConnectivitySettings pairs(String pairs) {
    return ConnectivitySettings.newBuilder().setPairs(pairs).build();
  }

  /** Units that are in the ledger are emitted as they were recorded, so nothing is computed. */
  private void assertGives(
      PTransform<PCollection<ModelRef>, FinishedUnits> transform, List<Unit> expected)
      throws IOException {
    Ledger ledger = new Ledger(ObjectStores.open(folder.toString()));
    List<KV<Unit, UnitResult>> results = new ArrayList<>();
    for (Unit unit : expected) {
      UnitResult result = Samples.result(unit, 1);
      ledger.record(result);
      results.add(KV.of(unit, result));
    }
    FinishedUnits finished = models().apply(transform);
    PAssert.that(finished.results()).containsInAnyOrder(results);
    PAssert.that(finished.failures()).empty();
    PipelineResult run = pipeline.run();
    String stage = expected.get(0).getStage();
    assertThat(Counters.count(run, stage + "_remembered")).isEqualTo(expected.size());
  }

  @Test
  void connectivity_namesTheSelectedPairsOfEveryCell() throws IOException {
    ConnectivitySettings ring = pairs("ring");
    List<Unit> expected = new ArrayList<>(MeasuredUnits.connectivity(FOUR, ring));
    expected.addAll(MeasuredUnits.connectivity(TWO, ring));
    assertThat(expected).hasSize(4 + 1);
    assertGives(measure(new ConnectivityStage(), ring), expected);
  }

  @Test
  void connectivity_namesAllPairsIfAsked() throws IOException {
    List<Unit> expected = new ArrayList<>(MeasuredUnits.connectivity(FOUR, pairs("all")));
    expected.addAll(MeasuredUnits.connectivity(TWO, pairs("all")));
    assertThat(expected).hasSize(6 + 1);
    assertGives(measure(new ConnectivityStage(), pairs("all")), expected);
  }

  @Test
  void similarity_namesCellsOfTwoOrMore() throws IOException {
    SimilaritySettings settings = SimilaritySettings.newBuilder().setExamples(100).build();
    assertGives(
        measure(new SimilarityStage(), settings),
        List.of(MeasuredUnits.similarity(FOUR, settings), MeasuredUnits.similarity(TWO, settings)));
  }

  @Test
  void distance_namesCellsOfTwoOrMore() throws IOException {
    assertGives(
        measure(new DistanceStage(), new NoSettings()),
        List.of(MeasuredUnits.distance(FOUR), MeasuredUnits.distance(TWO)));
  }

  @Test
  void curvature_namesEveryPartOfEveryModel() throws IOException {
    CurvatureSettings settings = CurvatureSettings.newBuilder().setExamples(100).build();
    List<Unit> expected = new ArrayList<>();
    for (List<ModelRef> cell : List.of(FOUR, TWO, ONE)) {
      cell.forEach(model -> expected.addAll(MeasuredUnits.curvature(model, settings)));
    }
    assertGives(measure(new CurvatureStage(), settings), expected);
  }

  @Test
  void cellOfOneModel_givesNothing() {
    PCollection<ModelRef> models =
        pipeline.apply(Create.of(ONE).withCoder(Coders.of(ModelRef.class)));
    FinishedUnits finished = models.apply(measure(new DistanceStage(), new NoSettings()));
    PAssert.that(finished.results()).empty();
    PAssert.that(finished.failures()).empty();
    pipeline.run();
  }

  @Test
  void pairWithoutCheckpoints_isAFailureThatNamesBothModels() throws IOException {
    List<ModelRef> pair = new ArrayList<>();
    for (ModelRef model : TWO) {
      // Stages hold the data against those that a model is named by.
      String data = CellData.sha256(model.getSpec(), null);
      pair.add(Units.train(model.getSpec(), data).getModels().get(0));
    }
    PCollection<ModelRef> models =
        pipeline.apply(Create.of(pair).withCoder(Coders.of(ModelRef.class)));
    FinishedUnits finished = models.apply(measure(new ConnectivityStage(), pairs("ring")));
    PAssert.that(finished.results()).empty();
    PAssert.thatSingleton(finished.failures())
        .satisfies(
            failure -> {
              assertThat(failure.getStage()).isEqualTo("connectivity");
              assertThat(failure.getModelId()).isEqualTo(TWO.get(0).getModelId());
              assertThat(failure.getOtherModelId()).isEqualTo(TWO.get(1).getModelId());
              assertThat(failure.getExceptionClass())
                  .isEqualTo(FileNotFoundException.class.getName());
              return null;
            });
    assertThat(Counters.count(pipeline.run(), "connectivity_failed")).isEqualTo(1);
  }
}
