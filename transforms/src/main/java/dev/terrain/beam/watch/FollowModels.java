package dev.terrain.beam.watch;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.stage.standard.Stages;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellModels;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelNews;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Follows the models of each cell, as {@link CellFollower} does, and gives the units to be
 * measured, and what is asked of each cell.
 *
 * <p>Input: a tuple of {@link #REQUESTS}, {@link #TRAININGS}, {@link #VERIFIED} and {@link
 * #FAILURES}. Output: a tuple of {@link #UNITS} and {@link #DEMANDS}.
 */
public final class FollowModels extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** The models that are asked for. */
  public static final TupleTag<ModelRequest> REQUESTS = new TupleTag<>("requests") {};

  /** The finished trainings. */
  public static final TupleTag<KV<Unit, UnitResult>> TRAININGS = new TupleTag<>("trainings") {};

  /** The trained models that can be measured. */
  public static final TupleTag<ModelRef> VERIFIED = new TupleTag<>("verified") {};

  /** The models that failed in training or whose weights are not sound. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** The units that can be measured, of all stages. */
  public static final TupleTag<Unit> UNITS = new TupleTag<>("units") {};

  /** What is asked of each cell, whenever that changes. */
  public static final TupleTag<CellDemand> DEMANDS = new TupleTag<>("demands") {};

  private static final long serialVersionUID = 1;

  private final Stages stages;

  private FollowModels(Stages stages) {
    this.stages = checkArgumentNotNull(stages, "stages");
  }

  /** Follows models. */
  public static FollowModels create() {
    return new FollowModels(Stages.standard());
  }

  /** Which stages there are. Default: the standard ones. */
  public FollowModels withStages(Stages newStages) {
    return new FollowModels(newStages);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollectionTuple followed =
        PCollectionList.of(
                input
                    .get(REQUESTS)
                    .apply(
                        "Hear of requests",
                        CellNewsOf.of(ModelNews.class, FollowModels::ofRequest)))
            .and(
                input
                    .get(TRAININGS)
                    .apply("Keep diverged", Filter.by(FollowModels::hasDiverged))
                    .apply(
                        "Hear of trainings",
                        CellNewsOf.of(ModelNews.class, FollowModels::ofTraining)))
            .and(
                input
                    .get(VERIFIED)
                    .apply(
                        "Hear of verified models",
                        CellNewsOf.of(ModelNews.class, FollowModels::ofVerified)))
            .and(
                input
                    .get(FAILURES)
                    .apply(
                        "Hear of failures",
                        CellNewsOf.of(ModelNews.class, FollowModels::ofFailure)))
            .apply("Join news", Flatten.pCollections())
            .apply(
                "Follow",
                ParDo.of(new FollowFn(stages)).withOutputTags(DEMANDS, TupleTagList.of(UNITS)));
    followed.get(DEMANDS).setCoder(Coders.of(CellDemand.class));
    followed.get(UNITS).setCoder(Coders.of(Unit.class));
    return followed;
  }

  private static KV<String, ModelNews> ofRequest(ModelRequest request) {
    return KV.of(
        Fingerprints.cellId(request.getSpec()), ModelNews.newBuilder().setRequest(request).build());
  }

  private static boolean hasDiverged(KV<Unit, UnitResult> training) {
    return training.getValue().getModels().get(0).getStatus() == ModelStatus.DIVERGED;
  }

  private static KV<String, ModelNews> ofTraining(KV<Unit, UnitResult> diverged) {
    ModelRef model = diverged.getKey().getModels().get(0);
    return KV.of(model.getCellId(), ModelNews.newBuilder().setEnded(model.getModelId()).build());
  }

  private static KV<String, ModelNews> ofVerified(ModelRef model) {
    return KV.of(model.getCellId(), ModelNews.newBuilder().setTrained(model).build());
  }

  private static KV<String, ModelNews> ofFailure(Failure failure) {
    return KV.of(
        failure.getCellId(), ModelNews.newBuilder().setEnded(failure.getModelId()).build());
  }

  private static final class FollowFn extends DoFn<KV<String, ModelNews>, CellDemand> {
    private static final long serialVersionUID = 1;

    @StateId("cell")
    private final StateSpec<ValueState<CellModels>> cellSpec =
        StateSpecs.value(Coders.of(CellModels.class));

    private final Stages stages;

    FollowFn(Stages stages) {
      this.stages = stages;
    }

    @ProcessElement
    public void process(
        @Element KV<String, ModelNews> news,
        @StateId("cell") ValueState<CellModels> cell,
        MultiOutputReceiver out) {
      CellFollower follower = new CellFollower(cell.read(), stages);
      follower.hear(news.getValue());
      cell.write(follower.cell());
      follower.demands().forEach(out.get(DEMANDS)::output);
      follower.units().forEach(out.get(UNITS)::output);
    }
  }
}
