package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnitWorkTest {
  @TempDir private Path folder;

  @BeforeEach
  void reset() {
    CountingStage.reset();
  }

  @Test
  void aUnitThatWasPackedAMomentAgoIsNotComputedAgain() throws IOException {
    Unit unit = Samples.training(0);
    StageContext context = StageContext.open(folder.toString(), null, StageListener.SILENT);
    // It has just seen that there are no segments.
    assertThat(context.ledger().find("train", unit.getKey())).isEmpty();
    new Ledger(context.store()).record(Samples.result(unit, 7));
    assertThat(
            new LedgerCompaction(ObjectStores.open(folder.toString()))
                .compact("train", 1)
                .removed())
        .isEqualTo(1);

    UnitWork work = new UnitWork(unit, new CountingStage("train"), context, null);

    assertThat(work.attempt()).isTrue();
    assertThat(work.outcome()).isEqualTo(Samples.result(unit, 7));
    assertThat(work.isRecordedElsewhere()).isTrue();
    assertThat(CountingStage.computed(unit)).isZero();
  }
}
