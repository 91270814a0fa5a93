package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.Samples;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class FollowModelsTest {
  private static final Sweep SWEEP = Requests.sweep("ring", "3");
  private static final List<ModelRef> CELL =
      Stream.of(0, 1, 2).map(number -> Requests.model(SWEEP, number)).toList();

  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  private static KV<Unit, UnitResult> training(int number, ModelStatus status) {
    Unit unit = Requests.training(SWEEP, number);
    UnitResult result = Samples.result(unit, 1);
    return KV.of(
        unit,
        UnitResult.newBuilder(result)
            .setModels(List.of(Samples.model(unit.getModels().get(0).getSpec(), status)))
            .build());
  }

  private static Failure failure(int number) {
    return Failures.of(Units.checkpoint(CELL.get(number)), new IllegalStateException("bad"), 1);
  }

  private static List<String> keys(List<ModelRef> trained, boolean allEnded) {
    return CellPlan.units(SWEEP, trained, allEnded).stream().map(Unit::getKey).toList();
  }

  private void assertNamed(
      List<KV<Unit, UnitResult>> trainings,
      List<ModelRef> verified,
      List<Failure> failures,
      List<String> expected) {
    PCollectionTuple followed =
        PCollectionTuple.of(
                FollowModels.REQUESTS,
                pipeline.apply(
                    "Requests",
                    Create.of(Requests.models(SWEEP)).withCoder(Coders.of(ModelRequest.class))))
            .and(
                FollowModels.TRAININGS,
                pipeline.apply("Trainings", Create.of(trainings).withCoder(Coders.finished())))
            .and(
                FollowModels.VERIFIED,
                pipeline.apply(
                    "Verified", Create.of(verified).withCoder(Coders.of(ModelRef.class))))
            .and(
                FollowModels.FAILURES,
                pipeline.apply("Failures", Create.of(failures).withCoder(Coders.of(Failure.class))))
            .apply(FollowModels.create());
    PAssert.that(followed.get(FollowModels.UNITS))
        .satisfies(
            units -> {
              List<String> named = new ArrayList<>();
              units.forEach(unit -> named.add(unit.getKey()));
              assertThat(named).containsExactlyInAnyOrderElementsOf(expected);
              return null;
            });
    pipeline.run();
  }

  @Test
  void trainedModels_areMeasuredOnceTheirWeightsAreVerified() {
    List<KV<Unit, UnitResult>> trainings =
        Stream.of(0, 1, 2).map(number -> training(number, ModelStatus.TRAINED)).toList();
    assertNamed(trainings, CELL.subList(0, 1), List.of(), keys(CELL.subList(0, 1), false));
  }

  @Test
  void modelWithBadWeights_hasEndedAndTheCellIsMeasuredWithoutIt() {
    List<KV<Unit, UnitResult>> trainings =
        Stream.of(0, 1, 2).map(number -> training(number, ModelStatus.TRAINED)).toList();
    List<ModelRef> sound = CELL.subList(0, 1);
    assertNamed(trainings, sound, List.of(failure(1), failure(2)), keys(sound, true));
  }

  @Test
  void divergedModels_haveEnded() {
    List<KV<Unit, UnitResult>> trainings =
        List.of(
            training(0, ModelStatus.TRAINED),
            training(1, ModelStatus.DIVERGED),
            training(2, ModelStatus.DIVERGED));
    List<ModelRef> sound = CELL.subList(0, 1);
    assertNamed(trainings, sound, List.of(), keys(sound, true));
  }
}
