package dev.terrain.beam.watch;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.SummarisedCells;
import dev.terrain.beam.units.Coders;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Summarises each cell anew whenever its summary or one of its metrics changes, with a revision
 * that counts up from 1, for each frame that asks for the cell; at most every two seconds. A cell
 * has no summary before one of its units has ended. A summary that cannot be made becomes a
 * failure, and is tried again with the cell's next news.
 *
 * <p>Input: a tuple of {@link #DEMANDS}, {@link #RESULTS} and {@link #FAILURES}, of all stages.
 */
public final class ReviseCells extends PTransform<PCollectionTuple, SummarisedCells> {
  /** What is asked of each cell. */
  public static final TupleTag<CellDemand> DEMANDS = new TupleTag<>("demands") {};

  /** The finished units. */
  public static final TupleTag<KV<Unit, UnitResult>> RESULTS = new TupleTag<>("results") {};

  /** The failed units. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private static final long serialVersionUID = 1;

  /** A model that fails in one of these is not measured. */
  private static final Set<String> WITHOUT_MEASUREMENTS =
      Set.of(TrainStage.NAME, CheckpointStage.NAME);

  private final Stages stages;

  private ReviseCells(Stages stages) {
    this.stages = checkArgumentNotNull(stages, "stages");
  }

  /** Revises summaries. */
  public static ReviseCells create() {
    return new ReviseCells(Stages.standard());
  }

  /** Which stages there are. Default: the standard ones. */
  public ReviseCells withStages(Stages newStages) {
    return new ReviseCells(newStages);
  }

  @Override
  public SummarisedCells expand(PCollectionTuple input) {
    PCollectionTuple revised =
        PCollectionList.of(
                input
                    .get(DEMANDS)
                    .apply("Hear of demands", CellNewsOf.of(CellNews.class, ReviseCells::ofDemand)))
            .and(
                input
                    .get(RESULTS)
                    .apply("Hear of results", CellNewsOf.of(CellNews.class, ReviseCells::ofResult)))
            .and(
                input
                    .get(FAILURES)
                    .apply(
                        "Hear of failures", CellNewsOf.of(CellNews.class, ReviseCells::ofFailure)))
            .apply("Join news", Flatten.pCollections())
            .apply(
                "Revise",
                ParDo.of(new ReviseFn(stages))
                    .withOutputTags(
                        ReviseFn.CELLS, TupleTagList.of(ReviseFn.METRICS).and(ReviseFn.FAILURES)));
    return new SummarisedCells(
        revised.get(ReviseFn.CELLS).setCoder(Coders.of(Cell.class)),
        revised.get(ReviseFn.METRICS).setCoder(Coders.of(CellMetric.class)),
        revised.get(ReviseFn.FAILURES).setCoder(Coders.of(Failure.class)));
  }

  private static KV<String, CellNews> ofDemand(CellDemand demand) {
    return KV.of(
        Fingerprints.cellId(demand.getSpec()), CellNews.newBuilder().setDemand(demand).build());
  }

  private static KV<String, CellNews> ofResult(KV<Unit, UnitResult> finished) {
    UnitResult small =
        UnitResult.newBuilder(finished.getValue())
            .setSpectra(List.of())
            .setPaths(List.of())
            .build();
    return KV.of(finished.getKey().getCellId(), CellNews.newBuilder().setResult(small).build());
  }

  static KV<String, CellNews> ofFailure(Failure failure) {
    String key =
        WITHOUT_MEASUREMENTS.contains(failure.getStage()) ? failure.getModelId() : failure.getKey();
    return KV.of(failure.getCellId(), CellNews.newBuilder().setFailed(key).build());
  }
}
