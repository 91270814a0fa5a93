package dev.terrain.plan;

import static dev.terrain.plan.Plans.FINISHED;
import static dev.terrain.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.plan.Pace.Basis;
import dev.terrain.run.SmallStudy;
import dev.terrain.stage.Prolongation;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.Units;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.SweepData;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan expects of the time that a study takes. */
class PlanTimesTest {
  @TempDir private Path empty;

  @Test
  void aGrownSweep_goesByItsUnitsThatAreDone() throws IOException {
    Plan plan = plan(FINISHED, SmallStudy.sweepWith("width: [2, 4]", "width: [2, 3, 4]"));

    assertThat(plan.stages())
        .allMatch(stage -> stage.pace().orElseThrow().basis() == Basis.RECORDS);
    assertThat(plan.estimate(1).whole()).hasValueSatisfying(time -> assertThat(time).isPositive());
  }

  @Test
  void aChangedSetting_goesByTheEarlierPlan_andByWhatTheSettingCosts() throws IOException {
    // Three seconds for each training of 200 epochs.
    SmallStudy study = new SmallStudy(empty);
    Sweep earlier = SmallStudy.sweepWith("epochs: 2", "epochs: 200");
    new PlanFiles(study.store()).freeze(earlier, SweepData.of(null).planned(earlier));
    for (ModelSpec spec : SweepExpansion.of(earlier).models().toList()) {
      record(study, Units.train(spec, CellData.sha256(spec, null)), 3000);
    }

    StagePlan twice = plan(study, SmallStudy.sweepWith("epochs: 2", "epochs: 400")).stages().get(0);
    StagePlan tenfold =
        plan(study, SmallStudy.sweepWith("epochs: 2", "epochs: 2000")).stages().get(0);

    assertThat(twice.done()).isZero();
    assertThat(twice.estimate().middle().toMillis() / 1000.0).isCloseTo(6 * 6, within(2.0));
    assertThat(tenfold.estimate().middle().toMillis() / 1000.0).isCloseTo(6 * 30, within(10.0));
    assertThat(twice.pace().orElseThrow().basis()).isEqualTo(Basis.RECORDS);
  }

  @Test
  void whereNoPlanKnowsTheRecords_theyAreTakenAsTheyAre() throws IOException {
    SmallStudy study = new SmallStudy(empty);
    ModelSpec spec = SweepExpansion.of(SmallStudy.SWEEP).models().findFirst().orElseThrow();
    record(study, Units.train(spec, "ab".repeat(32)), 7000);

    StagePlan train = plan(study, SmallStudy.SWEEP).stages().get(0);

    assertThat(train.estimate().middle().toMillis() / 1000.0).isCloseTo(6 * 7, within(0.01));
    assertThat(train.estimate().high())
        .isGreaterThanOrEqualTo(train.estimate().middle().multipliedBy(2).minusMillis(1));
  }

  @Test
  void unitsThatTookLessThanAMillisecond_areNotFree() throws IOException {
    SmallStudy study = new SmallStudy(empty);
    for (ModelSpec spec : SweepExpansion.of(SmallStudy.SWEEP).models().limit(5).toList()) {
      record(study, Units.train(spec, CellData.sha256(spec, null)), 0);
    }

    StagePlan train = plan(study, SmallStudy.SWEEP).stages().get(0);

    assertThat(train.pace().orElseThrow().basis()).isEqualTo(Basis.RECORDS);
    assertThat(train.estimate().middle().toNanos()).isBetween(400_000L, 600_000L);
  }

  @Test
  void anEmptyStudy_isTimedOnThisMachine() throws IOException {
    Planner planner = new Planner(SmallStudy.SWEEP, new SmallStudy(empty).context());

    assertThat(planner.plan().estimate(1).unknown()).hasSize(6);
    TimeEstimate estimate = planner.timedPlan().estimate(1);

    assertThat(estimate.whole()).hasValueSatisfying(time -> assertThat(time).isPositive());
    assertThat(estimate.basis()).contains(Basis.PROBE);
    assertThat(estimate.low()).isLessThan(estimate.middle());
    assertThat(estimate.high()).isGreaterThan(estimate.middle());
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void fitsThatTakeMoreEpochsThanTheirSetting_areTold() throws IOException {
    Sweep sweep =
        SweepFile.parse(
            SmallStudy.YAML
                .replace("data_fraction: 0.1, ", "")
                .replace("batch_size: [16]", "data_fraction: [0.02, 0.5, 1]")
                .replace("depth: 1", "depth: 1, batch_size: 16")
                .replace("pairs: first, epochs: 1", "pairs: first, epochs: 50"),
            "small");

    List<ProlongedUnits> fits = plan(new SmallStudy(empty), sweep).prolonged();

    assertThat(fits)
        .extracting(ProlongedUnits::prolongation)
        .containsExactly(new Prolongation(0.02, 50, 2500), new Prolongation(0.5, 50, 100));
    assertThat(fits)
        .allMatch(fit -> fit.stage().equals("connectivity") && fit.units() == 2 && fit.work() > 0);
  }

  private static void record(SmallStudy study, Unit unit, long milliseconds) throws IOException {
    study
        .context()
        .ledger()
        .record(
            UnitResult.newBuilder()
                .setKey(unit.getKey())
                .setStage(unit.getStage())
                .setCodeVersion(1)
                .setModels(List.of())
                .setMeasurements(List.of())
                .setSpectra(List.of())
                .setPaths(List.of())
                .setDurationMs(milliseconds)
                .setComputedAt(Instant.EPOCH)
                .build());
  }
}
