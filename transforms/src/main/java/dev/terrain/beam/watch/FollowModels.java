package dev.terrain.beam.watch;

import dev.terrain.beam.units.Coders;
import dev.terrain.stage.ConnectivityStage;
import dev.terrain.stage.CurvatureStage;
import dev.terrain.stage.DistanceStage;
import dev.terrain.stage.SimilarityStage;
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
import java.util.Map;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Follows the models of each cell, as {@link CellFollower} does, and gives the units to be measured
 * by stage, and what is asked of each cell.
 *
 * <p>Input: a tuple of {@link #REQUESTS}, {@link #TRAININGS} and {@link #FAILURES}. Output: a tuple
 * of {@link #CURVATURE}, {@link #CONNECTIVITY}, {@link #SIMILARITY}, {@link #DISTANCE} and {@link
 * #DEMANDS}.
 */
public final class FollowModels extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** The models that are asked for. */
  public static final TupleTag<ModelRequest> REQUESTS = new TupleTag<>("requests") {};

  /** The finished trainings. */
  public static final TupleTag<KV<Unit, UnitResult>> TRAININGS = new TupleTag<>("trainings") {};

  /** The failed trainings. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** Units of the stage curvature. */
  public static final TupleTag<Unit> CURVATURE = new TupleTag<>("curvature") {};

  /** Units of the stage connectivity. */
  public static final TupleTag<Unit> CONNECTIVITY = new TupleTag<>("connectivity") {};

  /** Units of the stage similarity. */
  public static final TupleTag<Unit> SIMILARITY = new TupleTag<>("similarity") {};

  /** Units of the stage distance. */
  public static final TupleTag<Unit> DISTANCE = new TupleTag<>("distance") {};

  /** What is asked of each cell, whenever that changes. */
  public static final TupleTag<CellDemand> DEMANDS = new TupleTag<>("demands") {};

  private static final long serialVersionUID = 1;

  private FollowModels() {}

  /** Follows models. */
  public static FollowModels create() {
    return new FollowModels();
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
                    .apply(
                        "Hear of trainings",
                        CellNewsOf.of(ModelNews.class, FollowModels::ofTraining)))
            .and(
                input
                    .get(FAILURES)
                    .apply(
                        "Hear of failures",
                        CellNewsOf.of(ModelNews.class, FollowModels::ofFailure)))
            .apply("Join news", Flatten.pCollections())
            .apply(
                "Follow",
                ParDo.of(new FollowFn())
                    .withOutputTags(
                        DEMANDS,
                        TupleTagList.of(CURVATURE)
                            .and(CONNECTIVITY)
                            .and(SIMILARITY)
                            .and(DISTANCE)));
    followed.get(DEMANDS).setCoder(Coders.of(CellDemand.class));
    for (TupleTag<Unit> units : FollowFn.TAGS.values()) {
      followed.get(units).setCoder(Coders.of(Unit.class));
    }
    return followed;
  }

  private static KV<String, ModelNews> ofRequest(ModelRequest request) {
    return KV.of(
        Fingerprints.cellId(request.getSpec()), ModelNews.newBuilder().setRequest(request).build());
  }

  private static KV<String, ModelNews> ofTraining(KV<Unit, UnitResult> training) {
    ModelRef model = training.getKey().getModels().get(0);
    boolean trained = training.getValue().getModels().get(0).getStatus() == ModelStatus.TRAINED;
    ModelNews.Builder news = ModelNews.newBuilder();
    return KV.of(
        model.getCellId(),
        trained ? news.setTrained(model).build() : news.setEnded(model.getModelId()).build());
  }

  private static KV<String, ModelNews> ofFailure(Failure failure) {
    return KV.of(
        failure.getCellId(), ModelNews.newBuilder().setEnded(failure.getModelId()).build());
  }

  private static final class FollowFn extends DoFn<KV<String, ModelNews>, CellDemand> {
    static final Map<String, TupleTag<Unit>> TAGS =
        Map.of(
            CurvatureStage.NAME,
            CURVATURE,
            ConnectivityStage.NAME,
            CONNECTIVITY,
            SimilarityStage.NAME,
            SIMILARITY,
            DistanceStage.NAME,
            DISTANCE);

    private static final long serialVersionUID = 1;

    @StateId("cell")
    private final StateSpec<ValueState<CellModels>> cellSpec =
        StateSpecs.value(Coders.of(CellModels.class));

    @ProcessElement
    public void process(
        @Element KV<String, ModelNews> news,
        @StateId("cell") ValueState<CellModels> cell,
        MultiOutputReceiver out) {
      CellFollower follower = new CellFollower(cell.read());
      follower.hear(news.getValue());
      cell.write(follower.cell());
      follower.demands().forEach(out.get(DEMANDS)::output);
      follower.units().forEach(unit -> out.get(TAGS.get(unit.getStage())).output(unit));
    }
  }
}
