package dev.terrain.pipelines;

import dev.terrain.beam.CheckpointModels;
import dev.terrain.beam.ExpandSweep;
import dev.terrain.beam.Measure;
import dev.terrain.beam.SummariseCells;
import dev.terrain.beam.SummarisedCells;
import dev.terrain.beam.TrainModels;
import dev.terrain.beam.VerifiedModels;
import dev.terrain.beam.tables.UnitRows;
import dev.terrain.beam.tables.WriteTables;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.store.ObjectStores;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The main job: from a sweep to tables.
 *
 * <p>Steps: 1. expand the sweep into models; 2. train them; 3. verify their stored weights; 4.
 * measure what the sweep asks for, family by family; 5. summarise the cells; 6. write the tables,
 * and put them in the place of those that are there. What 2 to 4 do is remembered in the study's
 * ledger.
 */
public final class SweepPipeline {
  /** Rows of a part of a table; the largest tables have a few rows a model. */
  private static final long MODELS_PER_PART = 100_000;

  private final Sweep sweep;
  private final StudyAddress study;
  private final Stages stages;
  private final StagedTables staged;

  private SweepPipeline(Sweep sweep, StudyAddress study, Stages stages, StagedTables staged) {
    this.sweep = sweep;
    this.study = study;
    this.stages = stages;
    this.staged = staged;
  }

  /** Adds the job of a sweep to a pipeline. */
  public static void build(Pipeline pipeline, Sweep sweep, StudyAddress study) {
    build(pipeline, sweep, study, Stages.standard());
  }

  /** The same, with units computed by other stages. */
  public static void build(Pipeline pipeline, Sweep sweep, StudyAddress study, Stages stages) {
    StagedTables staged = StagedTables.begin(parts(sweep));
    TablesOwner owner = new TablesOwner(sweep.getName(), null, null, staged.run());
    new SweepPipeline(sweep, study, stages, staged)
        .build(pipeline)
        .apply("InstallTables", new InstallTables(study.study(), staged, owner));
  }

  /**
   * The same, but the tables are not put in their places.
   *
   * @return the files of the tables, once they are written
   */
  public static PCollection<String> buildStaged(
      Pipeline pipeline, Sweep sweep, StudyAddress study, StagedTables staged) {
    return new SweepPipeline(sweep, study, Stages.standard(), staged).build(pipeline);
  }

  private PCollection<String> build(Pipeline pipeline) {
    PCollection<ModelSpec> specs =
        pipeline
            .apply("Sweep", Create.of(sweep).withCoder(AvroCoder.specific(Sweep.class)))
            .apply("ExpandSweep", ExpandSweep.create());
    FinishedUnits training =
        specs.apply(
            "TrainModels", TrainModels.into(study).withStage(stages.computing(TrainStage.NAME)));
    PCollection<ModelRef> trained = training.results().apply("Trained", TrainModels.trained());
    VerifiedModels verified =
        trained.apply(
            "CheckpointModels",
            CheckpointModels.in(study).withStage(stages.computing(CheckpointStage.NAME)));
    FinishedUnits measured =
        verified.models().apply("Measure", Measure.of(sweep, study).withStages(stages));
    FinishedUnits finished = FinishedUnits.join(pipeline, List.of(training, measured));
    PCollection<KV<Unit, UnitResult>> results = finished.results();
    PCollection<Failure> failures = finished.failures();
    PCollection<Model> models =
        results.apply("Models", UnitRows.of(Model.class, UnitResult::getModels));
    PCollection<Measurement> measurements =
        results.apply("Measurements", UnitRows.of(Measurement.class, UnitResult::getMeasurements));
    SummarisedCells summarised =
        PCollectionTuple.of(SummariseCells.SPECS, specs)
            .and(SummariseCells.MODELS, models)
            .and(SummariseCells.MEASUREMENTS, measurements)
            .apply("SummariseCells", SummariseCells.of(sweep).withStages(stages));

    return PCollectionTuple.of(WriteTables.RESULTS, results)
        .and(WriteTables.CELLS, summarised.cells())
        .and(WriteTables.CELL_METRICS, summarised.metrics())
        .and(
            WriteTables.FAILURES,
            PCollectionList.of(failures)
                .and(verified.failures())
                .and(summarised.failures())
                .apply("Join all failures", Flatten.pCollections()))
        .apply(
            "WriteTables",
            WriteTables.into(ObjectStores.withoutEndpoint(study.study()))
                .withParts(staged.parts())
                .withRun(staged.run()));
  }

  /** Files that each table of a sweep is written in. */
  public static int parts(Sweep sweep) {
    return Math.toIntExact(1 + SweepExpansion.of(sweep).modelCount() / MODELS_PER_PART);
  }
}
