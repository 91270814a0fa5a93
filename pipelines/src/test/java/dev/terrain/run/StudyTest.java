package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.data.FashionFiles;
import dev.terrain.data.InvalidDataException;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.PlannedData;
import dev.terrain.study.SweepData;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.SweepFile;
import dev.terrain.sweep.SweepJson;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study is judged by the data that it was made from, wherever they are by now. */
@Tag("engine")
class StudyTest {
  private static final Sweep SWEEP =
      SweepFile.parse(
          """
          name: fashion
          base: {dataset: fashion-mnist, depth: 1, epochs: 1, stop_rule: epochs}
          axes:
            load: {width: [2]}
            temperature: {batch_size: [16]}
          seeds: 2
          metrics: [losses, distance]
          """,
          "fashion");
  private static final int UNITS = 2 + 2 + 1;

  @TempDir private static Path origin;
  private static SmallStudy finished;
  private static Path otherData;

  @TempDir private Path folder;
  private SmallStudy study;
  private Path data;
  private Path gone;
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void finish() throws IOException {
    finished = new SmallStudy(origin.resolve("study"));
    Path first = FashionFiles.write(origin.resolve("data"), 1);
    otherData = FashionFiles.write(origin.resolve("other"), 2);
    compute(at(finished, first).run(SWEEP, line -> {}));
    Files.move(first, origin.resolve("moved"));
  }

  @BeforeEach
  void copy() throws IOException {
    study = finished.copyTo(folder.resolve("study"));
    data = origin.resolve("moved");
    // A process keeps what it has read, so this is a place that it has not seen.
    gone = folder.resolve("gone");
    study.store().delete("plan.json");
    freeze(SWEEP, gone);
  }

  private void freeze(Sweep sweep, Path address) throws IOException {
    new PlanFiles(study.store())
        .freeze(sweep, List.of(new PlannedData("fashion-mnist", address.toString(), sha256())));
  }

  private static Sweep next() {
    return Sweep.newBuilder(SWEEP).setName("next").build();
  }

  private static Study at(SmallStudy study, Path dataLocation) {
    return new Study(
        new StudyAddress(
            study.folder().toString(), dataLocation == null ? null : dataLocation.toString()));
  }

  private static RunSummary compute(SweepRun run) throws IOException {
    return run.run(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
  }

  private String sha256() throws IOException {
    return SweepData.read("fashion-mnist", data.toString()).sha256();
  }

  @Test
  void thePlanNamesAddressAndContentOfItsData() throws IOException {
    FrozenPlan plan = new PlanFiles(finished.store()).current().orElseThrow();

    assertThat(plan.data())
        .containsExactly(
            new PlannedData("fashion-mnist", origin.resolve("data").toString(), sha256()));
    SmallStudy ofDigits = new SmallStudy(folder.resolve("digits"));
    new PlanFiles(ofDigits.store())
        .freeze(SmallStudy.SWEEP, ofDigits.open(SmallStudy.SWEEP).data());
    assertThat(new PlanFiles(ofDigits.store()).current().orElseThrow().data())
        .singleElement()
        .matches(set -> set.dataset().equals("digits") && set.address() == null);
  }

  @Test
  void howAStudyStandsIsKnownWithoutItsData() throws IOException {
    SweepRun run = at(study, null).current().orElseThrow();

    assertThat(run.plan().done()).isEqualTo(UNITS);
    assertThat(run.plan().isComplete()).isTrue();
    assertThat(run.status().plan().isComplete()).isTrue();
    assertThat(run.check(run.sweep().getChecks())).isEmpty();
    run.writeReport();
    assertThat(at(study, null).look(SWEEP).plan().isComplete()).isTrue();
    assertThat(at(study, data).current().orElseThrow().plan().isComplete()).isTrue();
  }

  @Test
  void otherDataAreRefusedAndBothNamed() throws IOException {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> at(study, otherData).current())
        .withMessageContaining(otherData.toString())
        .withMessageContaining(gone.toString())
        .withMessageContaining(sha256())
        .withMessageContaining("--data");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> at(study, otherData).all());
    assertThat(at(study, otherData).currentAsPlanned().orElseThrow().plan().isComplete()).isTrue();
  }

  @Test
  void whoNeedsDataThatHaveMovedIsToldWhereTheyWere() throws IOException {
    String was = gone.toString();
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> at(study, null).current().orElseThrow().verifyData())
        .withMessageContaining("was at " + was)
        .withMessageContaining("--data");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> at(study, null).run(SWEEP, notices::add))
        .withMessageContaining("was at " + was)
        .withMessageContaining("--data");
    at(study, data).current().orElseThrow().verifyData();
    SweepRun run = at(study, data).run(SWEEP, notices::add);
    assertThat(run.findUpToDate(run.plan())).isPresent();
    assertThat(notices).isEmpty();
    assertThat(study.store().list("plan")).containsExactly("plan.json");
  }

  @Test
  void aRunTakesThePlansDataUnlessToldOtherwise() throws IOException {
    freeze(next(), data);

    SweepRun run = at(study, null).run(SWEEP, notices::add);

    assertThat(run.dataLocation()).isEqualTo(data.toString());
    assertThat(run.plan().isComplete()).isTrue();
    assertThat(notices).isEmpty();
  }

  @Test
  void filesThatWereReplacedAreNotTakenForThePlans() throws IOException {
    freeze(next(), otherData);

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> at(study, null).run(SWEEP, notices::add))
        .withMessageContaining("--data " + otherData + "' trains the sweep anew");
  }

  @Test
  void otherDataThatAreNamedGetAPlanOfTheirOwn() throws IOException {
    SweepRun run = at(study, otherData).run(SWEEP, notices::add);
    assertThat(notices).singleElement().asString().contains(otherData.toString(), sha256());
    assertThat(compute(run).computed()).isEqualTo(UNITS);

    assertThat(study.store().list("plan")).containsExactly("plan-2.json", "plan.json");
    assertThat(at(study, null).current().orElseThrow().data())
        .extracting(PlannedData::address)
        .containsExactly(otherData.toString());
    List<SweepRun> all = at(study, null).all();
    assertThat(all).hasSize(2);
    for (SweepRun plan : all) {
      assertThat(plan.plan().isComplete()).isTrue();
    }
  }

  @Test
  void aMeasurementDoesNotTakeTheWeightsOfATrainingOnOtherData() throws IOException {
    compute(at(study, otherData).run(SWEEP, notices::add));
    study.store().delete(study.store().list("ledger/distance/").get(0));
    study.store().delete(study.store().list("ledger/distance/").get(0));

    assertThat(compute(at(study, otherData).run(SWEEP, notices::add)).computed()).isOne();
    RunSummary back = compute(at(study, data).run(SWEEP, notices::add));

    assertThat(back.computed()).isZero();
    assertThat(back.failed()).isOne();
  }

  @Test
  void aStudyWhosePlansNameNoDataIsHeldAgainstItsTrainings() throws IOException {
    unseal();

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> at(study, otherData).current())
        .withMessageContaining(otherData.toString())
        .withMessageContaining(sha256())
        .withMessageContaining("--data");
    assertThat(at(study, data).current().orElseThrow().plan().isComplete()).isTrue();
    assertThat(at(study, data).unsealed()).containsExactly(study.store().uri("plan.json"));
    SweepRun run = at(study, data).run(SWEEP, notices::add);
    assertThat(run.findUpToDate(run.plan())).isPresent();
    assertThat(at(study, null).current().orElseThrow().plan().isComplete()).isTrue();
  }

  @Test
  void aDamagedPlanIsNamedByAll() throws IOException {
    ObjectStore store = study.store();
    freeze(next(), data);
    String text = new String(store.read("plan.json").orElseThrow(), StandardCharsets.UTF_8);
    store.write("plan.json", text.replace("16", "17").getBytes(StandardCharsets.UTF_8));

    assertThatExceptionOfType(InvalidSweepException.class)
        .isThrownBy(() -> at(study, null).current())
        .withMessageContaining(store.uri("plan.json"))
        .withMessageContaining("restore the file");
    assertThatExceptionOfType(InvalidSweepException.class).isThrownBy(() -> at(study, null).all());
    assertThatExceptionOfType(InvalidSweepException.class)
        .isThrownBy(() -> at(study, data).run(SWEEP, notices::add));
  }

  private void unseal() throws IOException {
    study.store().write("plan.json", SweepJson.write(SWEEP).getBytes(StandardCharsets.UTF_8));
  }
}
