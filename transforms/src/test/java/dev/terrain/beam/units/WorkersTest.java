package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.UnitLease;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkersTest {
  private static final int HELD = 30;

  @TempDir private Path folder;
  private StageContext context;
  private final Workers workers = new Workers();
  private final List<UnitLease> leases = new ArrayList<>();

  @BeforeEach
  void open() {
    CountingStage.reset();
    context = StageContext.open(folder.toString(), null, StageListener.SILENT);
    workers.join("train");
  }

  @AfterEach
  void close() throws IOException {
    for (UnitLease lease : leases) {
      lease.close();
    }
  }

  private UnitWork hand(Unit unit) {
    UnitWork work = new UnitWork(unit, new CountingStage("train"), context, null);
    workers.compute(work);
    return work;
  }

  private UnitWork handHeld(long seed) throws IOException {
    Unit unit = Samples.training(seed);
    UnitLease lease = new UnitLease(context.store(), "train", unit.getKey());
    assertThat(lease.acquire()).isTrue();
    leases.add(lease);
    return hand(unit);
  }

  @Test
  void unitsThatOthersHoldKeepNoThreadWaiting() throws IOException {
    List<UnitWork> held = new ArrayList<>();
    for (int i = 0; i < HELD; i++) {
      held.add(handHeld(100 + i));
    }
    UnitWork free = hand(Samples.training(0));

    assertThatCode(() -> free.result().get(1500, TimeUnit.MILLISECONDS)).doesNotThrowAnyException();
    assertThat(held).noneMatch(work -> work.result().isDone());
    workers.leave("train");
  }

  @Test
  void aUnitThatAnotherHeldIsTakenUpOnceThatOneIsDone() throws Exception {
    UnitWork held = handHeld(1);
    TimeUnit.MILLISECONDS.sleep(150);
    new Ledger(context.store()).record(Samples.result(held.unit(), 7));
    leases.remove(0).close();

    assertThat(held.result().get(10, TimeUnit.SECONDS)).isEqualTo(Samples.result(held.unit(), 7));
    assertThat(CountingStage.computed(held.unit())).isZero();
    workers.leave("train");
  }

  @Test
  void whenTheLastMemberLeaves_unitsThatOthersHoldAreGivenUp() throws IOException {
    UnitWork held = handHeld(1);
    workers.leave("train");

    assertThatCode(() -> held.result().get(10, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }
}
