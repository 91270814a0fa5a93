package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.Coders;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellModels;
import dev.terrain.v1.ModelNews;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class CellFollowerTest {
  private CellModels state;
  private final List<CellDemand> demands = new ArrayList<>();

  /** Tells a follower whose state has been through its coder, as after a checkpoint. */
  private List<Unit> hear(ModelNews... news) {
    List<Unit> units = new ArrayList<>();
    for (ModelNews item : news) {
      CellFollower follower = new CellFollower(state, dev.terrain.stage.standard.Stages.standard());
      follower.hear(item);
      units.addAll(follower.units());
      demands.addAll(follower.demands());
      state = copy(follower.cell());
    }
    return units;
  }

  private static CellModels copy(CellModels cell) {
    try {
      return CoderUtils.clone(Coders.of(CellModels.class), cell);
    } catch (CoderException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The stages of units, each once, in the order in which they are named. */
  private static List<String> stages(List<Unit> units) {
    return units.stream().map(Unit::getStage).distinct().toList();
  }

  private static List<Unit> of(String stage, List<Unit> units) {
    return units.stream().filter(unit -> unit.getStage().equals(stage)).toList();
  }

  @Test
  void eachNewModelIsPairedWithTheEarlierOnesAtOnce_inTheOrderOfTheSeeds() {
    Sweep sweep = Requests.sweep("all", "3");
    hear(Requests.requested(sweep, 0), Requests.requested(sweep, 1), Requests.requested(sweep, 2));

    assertThat(of("connectivity", hear(Requests.trained(sweep, 2)))).isEmpty();
    List<Unit> second = of("connectivity", hear(Requests.trained(sweep, 0)));
    List<Unit> third = of("connectivity", hear(Requests.trained(sweep, 1)));

    assertThat(second).hasSize(1);
    assertThat(second.get(0).getModels())
        .containsExactly(Requests.model(sweep, 0), Requests.model(sweep, 2));
    List<Unit> both = new ArrayList<>(second);
    both.addAll(third);
    assertThat(both)
        .containsExactlyInAnyOrderElementsOf(
            MeasuredUnits.connectivity(
                List.of(
                    Requests.model(sweep, 0), Requests.model(sweep, 1), Requests.model(sweep, 2)),
                new dev.terrain.stage.comparison.ConnectivityStage().settings(sweep)));
  }

  @Test
  void whatDependsOnTheWholeCellWaitsForItsLastModel() {
    Sweep sweep = Requests.sweep("ring", "3");
    hear(Requests.requested(sweep, 0), Requests.requested(sweep, 1), Requests.requested(sweep, 2));

    List<Unit> early = hear(Requests.trained(sweep, 0), Requests.trained(sweep, 1));
    List<Unit> last = hear(Requests.ended(sweep, 2));

    assertThat(stages(early)).containsExactly("curvature");
    assertThat(early)
        .filteredOn(unit -> unit.getPart().equals("spectrum"))
        .extracting(unit -> unit.getModels().get(0))
        .containsExactly(Requests.model(sweep, 0), Requests.model(sweep, 1));
    assertThat(stages(last)).containsExactly("connectivity", "similarity", "distance");
    assertThat(of("distance", last).get(0))
        .isEqualTo(
            MeasuredUnits.distance(List.of(Requests.model(sweep, 0), Requests.model(sweep, 1))));
  }

  @Test
  void aGrownCellIsMeasuredAnewAsAWhole_andNoUnitIsNamedTwice() {
    Sweep small = Requests.sweep("ring", "2");
    Sweep grown = Requests.sweep("ring", "3");
    List<Unit> units =
        new ArrayList<>(
            hear(
                Requests.requested(small, 0),
                Requests.requested(small, 1),
                Requests.trained(small, 1),
                Requests.trained(small, 0)));

    List<Unit> again = hear(Requests.requested(grown, 0), Requests.requested(grown, 1));
    List<Unit> whileTraining = hear(Requests.requested(grown, 2));
    List<Unit> more = hear(Requests.trained(grown, 2), Requests.trained(grown, 2));

    assertThat(again).isEmpty();
    assertThat(whileTraining).isEmpty();
    assertThat(stages(more)).containsExactly("curvature", "connectivity", "similarity", "distance");
    assertThat(of("connectivity", more)).hasSize(2);
    units.addAll(more);
    assertThat(units).extracting(Unit::getKey).doesNotHaveDuplicates();
    assertThat(demands.stream().filter(demand -> demand.getStage().equals("similarity")))
        .extracting(CellDemand::getGeneration)
        .containsExactly(1, 2);
  }

  @Test
  void twoSweepsThatShareACellShareItsUnits() {
    Sweep first = Requests.sweep("ring", "2");
    Sweep second = Sweep.newBuilder(first).setName("two").build();
    List<Unit> units =
        hear(
            Requests.requested(first, 0),
            Requests.requested(first, 1),
            Requests.requested(second, 0),
            Requests.requested(second, 1),
            Requests.trained(first, 0),
            Requests.trained(first, 1));

    assertThat(units).extracting(Unit::getKey).doesNotHaveDuplicates();
    assertThat(of("similarity", units)).hasSize(1);
    assertThat(demands.stream().filter(demand -> demand.getStage().equals("similarity")))
        .extracting(demand -> demand.getFrame().getName())
        .containsExactly("one", "two");
  }

  @Test
  void aTrainingThatEndsBeforeItsRequestIsHeardOfIsNotLost() {
    Sweep sweep = Requests.sweep("ring", "2");

    hear(Requests.trained(sweep, 0), Requests.trained(sweep, 1), Requests.requested(sweep, 0));
    List<Unit> units = hear(Requests.requested(sweep, 1));

    assertThat(stages(units))
        .containsExactly("curvature", "connectivity", "similarity", "distance");
  }
}
