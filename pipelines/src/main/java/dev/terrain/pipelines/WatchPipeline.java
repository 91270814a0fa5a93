package dev.terrain.pipelines;

import dev.terrain.beam.CheckpointModels;
import dev.terrain.beam.MeasureUnits;
import dev.terrain.beam.SummarisedCells;
import dev.terrain.beam.TrainModels;
import dev.terrain.beam.VerifiedModels;
import dev.terrain.beam.tables.AppendTables;
import dev.terrain.beam.tables.WriteTables;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.watch.FollowModels;
import dev.terrain.beam.watch.NewModels;
import dev.terrain.beam.watch.ReviseCells;
import dev.terrain.beam.watch.WatchRequests;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The unbounded job: from requests, as they come, to tables that grow.
 *
 * <p>Steps: 1. pick up requests; 2. train each model once that is asked for; 3. verify its stored
 * weights; 4. follow the models of each cell and measure what can be measured by then; 5. revise
 * the summaries of the cells; 6. add to the tables. Names of steps are part of a job's saved state:
 * one that is renamed forgets its state.
 */
public final class WatchPipeline {
  private final StudyAddress study;
  private final Stages stages;

  private WatchPipeline(StudyAddress study, Stages stages) {
    this.study = study;
    this.stages = stages;
  }

  /** Adds the job to a pipeline. */
  public static void build(
      Pipeline pipeline, WatchRequests requests, AppendTables tables, StudyAddress study) {
    build(pipeline, requests, tables, study, Stages.standard());
  }

  /** The same, with units computed by other stages. */
  public static void build(
      Pipeline pipeline,
      WatchRequests requests,
      AppendTables tables,
      StudyAddress study,
      Stages stages) {
    new WatchPipeline(study, stages).build(pipeline, requests, tables);
  }

  private void build(Pipeline pipeline, WatchRequests requests, AppendTables tables) {
    PCollectionTuple requested =
        pipeline.apply("WatchRequests", requests.withData(study.dataLocation()));
    PCollection<ModelRequest> models = requested.get(WatchRequests.MODELS);
    FinishedUnits training =
        models
            .apply("NewModels", NewModels.create())
            .apply(
                "TrainModels",
                TrainModels.into(study).withStage(stages.computing(TrainStage.NAME)));
    VerifiedModels verified =
        training
            .results()
            .apply("Trained", TrainModels.trained())
            .apply(
                "CheckpointModels",
                CheckpointModels.in(study).withStage(stages.computing(CheckpointStage.NAME)));
    PCollectionTuple followed =
        PCollectionTuple.of(FollowModels.REQUESTS, models)
            .and(FollowModels.TRAININGS, training.results())
            .and(FollowModels.VERIFIED, verified.models())
            .and(
                FollowModels.FAILURES,
                PCollectionList.of(training.failures())
                    .and(verified.failures())
                    .apply("Join models that cannot be measured", Flatten.pCollections()))
            .apply("FollowModels", FollowModels.create().withStages(stages));
    FinishedUnits measured =
        followed
            .get(FollowModels.UNITS)
            .apply("Measure", MeasureUnits.in(study).withStages(stages));
    FinishedUnits finished = FinishedUnits.join(pipeline, List.of(training, measured));
    PCollection<KV<Unit, UnitResult>> results = finished.results();
    PCollection<Failure> failures =
        PCollectionList.of(finished.failures())
            .and(verified.failures())
            .apply("Join failed units", Flatten.pCollections());
    SummarisedCells revised =
        PCollectionTuple.of(ReviseCells.DEMANDS, followed.get(FollowModels.DEMANDS))
            .and(ReviseCells.RESULTS, results)
            .and(ReviseCells.FAILURES, failures)
            .apply("ReviseCells", ReviseCells.create().withStages(stages));

    PCollectionTuple.of(WriteTables.RESULTS, results)
        .and(WriteTables.CELLS, revised.cells())
        .and(WriteTables.CELL_METRICS, revised.metrics())
        .and(
            WriteTables.FAILURES,
            PCollectionList.of(failures)
                .and(revised.failures())
                .and(requested.get(WatchRequests.FAILURES))
                .apply("Join refused requests", Flatten.pCollections()))
        .apply("AppendTables", tables);
  }
}
