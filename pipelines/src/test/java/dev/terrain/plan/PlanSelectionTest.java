package dev.terrain.plan;

import static dev.terrain.plan.Plans.FINISHED;
import static dev.terrain.plan.Plans.missing;
import static dev.terrain.plan.Plans.plan;
import static dev.terrain.plan.Plans.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.beam.units.RunControl;
import dev.terrain.beam.units.UnitSelection;
import dev.terrain.run.SmallStudy;
import dev.terrain.sweep.SpecFilter;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a selection or a budget leaves of a plan. */
class PlanSelectionTest {
  @TempDir private Path empty;

  @Test
  void onlyTheSelectedUnitsAreToBeDone() throws IOException {
    SmallStudy study = new SmallStudy(empty);

    assertThat(selected(study, UnitSelection.ALL.withOnly(SpecFilter.parse("width > 2"))))
        .isEqualTo(
            units("train 3, checkpoint 3, curvature 3, connectivity 1, similarity 1, distance 1"));
    assertThat(selected(study, UnitSelection.ALL.withStages(List.of("train"))))
        .isEqualTo(
            units("train 6, checkpoint 0, curvature 0, connectivity 0, similarity 0, distance 0"));
    assertThat(selected(study, UnitSelection.ALL.withOnly(SpecFilter.parse("seed == 0"))))
        .isEqualTo(
            units("train 2, checkpoint 2, curvature 2, connectivity 0, similarity 0, distance 0"));
  }

  private static Map<String, Integer> selected(SmallStudy study, UnitSelection selection)
      throws IOException {
    Plan plan =
        new Planner(SmallStudy.SWEEP, study.context())
            .withControl(RunControl.STANDARD.withSelection(selection))
            .plan();
    assertThat(plan.total()).isEqualTo(6 + 6 + 6 + 2 + 2 + 2);
    return missing(plan);
  }

  @Test
  void aBudgetAllowsWholeCells() throws IOException {
    SmallStudy study = new SmallStudy(empty);
    Planner planner = new Planner(SmallStudy.SWEEP, study.context());

    UnitSelection limited = budget(5).limit(planner, UnitSelection.ALL);
    assertThat(selected(study, limited))
        .isEqualTo(
            units("train 3, checkpoint 3, curvature 3, connectivity 1, similarity 1, distance 1"));
    assertThat(budget(6).limit(planner, UnitSelection.ALL)).isSameAs(UnitSelection.ALL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> budget(2).limit(planner, UnitSelection.ALL))
        .withMessage("--max-models (2) allows not even one cell, which needs 3 models");
  }

  @Test
  void aTimeIsKeptInAnEmptyStudyByTimingAFewSteps() throws IOException {
    Planner planner = new Planner(SmallStudy.SWEEP, new SmallStudy(empty).context());

    assertThat(time(Duration.ofHours(1)).limit(planner, UnitSelection.ALL))
        .isSameAs(UnitSelection.ALL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time(Duration.ofMillis(1)).limit(planner, UnitSelection.ALL))
        .withMessageContaining("allows not even one cell");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aTimeIsKeptByTheTimesOfWhatIsDone() throws IOException {
    Sweep grown = SmallStudy.sweepWith("width: [2, 4]", "width: [2, 3, 4, 5]");
    Planner planner = new Planner(grown, FINISHED.context());
    Duration all = planner.plan().estimate(1).whole().orElseThrow();

    UnitSelection limited =
        time(all.multipliedBy(9).dividedBy(10)).limit(planner, UnitSelection.ALL);

    assertThat(missing(planner.withControl(RunControl.STANDARD.withSelection(limited)).plan()))
        .containsEntry("train", 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time(all.dividedBy(10)).limit(planner, UnitSelection.ALL))
        .withMessageContaining("allows not even one cell");
    assertThat(time(all.plusSeconds(1)).limit(planner, UnitSelection.ALL))
        .isSameAs(UnitSelection.ALL);
  }

  private static CellBudget budget(int models) {
    return new CellBudget(OptionalInt.of(models), Optional.empty(), 1);
  }

  private static CellBudget time(Duration time) {
    return new CellBudget(OptionalInt.empty(), Optional.of(time), 1);
  }
}
