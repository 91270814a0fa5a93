package dev.terrain.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.google.FakeGoogle;
import dev.terrain.ledger.Ledger;
import dev.terrain.plan.UnitStanding;
import dev.terrain.run.SweepRun;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.status.StudyStatus;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.PlanFiles;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a look at a study in a bucket asks of the server. */
class BucketStatusTest {
  private static final String YAML =
      """
      base: {dataset: digits, data_fraction: 0.02, depth: 0, batch_size: 8, epochs: 1}
      axes:
        load: {width: {from: 1, to: 1000, points: %d}}
        temperature: {learning_rate: [0.1]}
      seeds: 1
      """;

  /** Requests of one status: for names, and for objects. */
  private record Requests(int lists, int reads) {}

  @Test
  void aPackedStudyTakesAFewRequestsWhateverItsNumberOfUnits() throws IOException {
    Requests small = status(5);
    Requests large = status(50);

    assertThat(large).isEqualTo(small);
    assertThat(large.lists()).isLessThanOrEqualTo(25);
    assertThat(large.reads()).isLessThanOrEqualTo(25);
  }

  private static Requests status(int cells) throws IOException {
    try (FakeGoogle google = FakeGoogle.start()) {
      String address = ObjectStores.through(google.url(), "gs://bucket/study");
      Sweep sweep = SweepFile.parse(YAML.formatted(cells), "bucket");
      finish(sweep, address);

      SweepRun run = new SweepRun(sweep, new StudyAddress(address, null));
      int lists = google.listRequests();
      int reads = google.reads();
      StudyStatus status = run.status();

      assertThat(status.plan().isComplete()).isTrue();
      assertThat(status.plan().total()).isGreaterThan(cells);
      assertThat(google.problems()).isEmpty();
      return new Requests(google.listRequests() - lists, google.reads() - reads);
    }
  }

  /** Records every unit, and packs the records. */
  private static void finish(Sweep sweep, String address) throws IOException {
    SweepRun run = new SweepRun(sweep, new StudyAddress(address, null));
    new PlanFiles(run.store()).freeze(sweep, run.data());
    List<UnitStanding> units = new ArrayList<>();
    run.visit(units::add);
    StageContext context = StageContext.open(address, null, StageListener.SILENT);
    for (UnitStanding standing : units) {
      new Ledger(run.store())
          .record(
              FreeStage.all().named(standing.unit().getStage()).compute(standing.unit(), context));
    }
    run.compact(2);
  }
}
