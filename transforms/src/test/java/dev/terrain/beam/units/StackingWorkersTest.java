package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.UnitLease;
import dev.terrain.v1.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that compute units together. */
final class StackingWorkersTest {
  private static final int WIDTH = 8;
  private static final int MOST = 100;

  @TempDir private Path folder;
  private StackedUnits units;
  private final Workers workers = new Workers();
  private final List<String> members = new ArrayList<>();

  @BeforeEach
  void open() {
    TogetherStage.reset();
    units = new StackedUnits(folder);
  }

  @AfterEach
  void close() {
    members.forEach(workers::leave);
  }

  private void join(int count) {
    for (int i = 0; i < count; i++) {
      workers.join("train");
      members.add("train");
    }
  }

  private void compute(List<UnitWork> works) throws Exception {
    works.forEach(workers::compute);
    for (UnitWork work : works) {
      work.result().get(20, TimeUnit.SECONDS);
    }
  }

  private static List<Integer> sizes() {
    return TogetherStage.computed().stream().map(List::size).toList();
  }

  @Test
  void unitsThatAreHandedInTogetherAreComputedTogether() throws Exception {
    join(1);
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2, 3);

    compute(works);

    assertThat(sizes()).containsExactly(4);
  }

  @Test
  void twoWorkersShareThem() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    TogetherStage.meanwhile(
        () -> {
          both.countDown();
          await(both);
        });
    join(2);

    compute(units.works(WIDTH, MOST, 0, 1, 2, 3, 4));

    assertThat(sizes()).containsExactlyInAnyOrder(3, 2);
  }

  @Test
  void whatABrokenStackLeavesIsComputedOneByOne() throws Exception {
    join(1);
    List<UnitWork> works = units.works(WIDTH, MOST, 0, TogetherStage.FAULT_SEED, 2, 3);

    compute(works);

    assertThat(sizes()).containsExactly(4, 1, 1, 1);
    for (UnitWork work : works) {
      long seed = work.unit().getModels().get(0).getSpec().getSeed();
      assertThat(work.outcome()).isEqualTo(Samples.result(work.unit(), (double) seed));
    }
  }

  @Test
  void aUnitOfAnotherProcessIsAwaitedWhileTheOthersGoOn() throws Exception {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2);
    Unit theirs = works.get(0).unit();
    UnitLease lease = new UnitLease(units.context().store(), "train", theirs.getKey());
    assertThat(lease.acquire()).isTrue();
    join(1);

    works.forEach(workers::compute);
    works.get(1).result().get(20, TimeUnit.SECONDS);
    works.get(2).result().get(20, TimeUnit.SECONDS);
    assertThat(works.get(0).hasEnded()).isFalse();
    new Ledger(units.context().store()).record(Samples.result(theirs, 7));
    lease.close();

    assertThat(works.get(0).result().get(20, TimeUnit.SECONDS))
        .isEqualTo(Samples.result(theirs, 7));
    assertThat(sizes()).containsExactly(2);
  }

  @Test
  void offNeverStacks() throws Exception {
    units = new StackedUnits(new StudyAddress(folder.toString(), null).withStack(StackLimit.OFF));
    join(1);

    compute(units.works(WIDTH, MOST, 0, 1, 2));

    assertThat(sizes()).containsExactly(1, 1, 1);
  }

  @Test
  void othersAreComputedInTheirOrder() throws Exception {
    join(1);
    List<UnitWork> works = new ArrayList<>(units.works(TogetherStage.WIDTH_ALONE, MOST, 0, 1));
    works.addAll(units.works(WIDTH, MOST, 0));
    works.addAll(units.works(TogetherStage.WIDTH_ALONE, MOST, 2));
    works.addAll(units.works(WIDTH, MOST, 1));
    List<Unit> in = works.stream().map(UnitWork::unit).toList();

    compute(works);

    assertThat(TogetherStage.computed())
        .containsExactly(
            List.of(in.get(0)),
            List.of(in.get(1)),
            List.of(in.get(2), in.get(4)),
            List.of(in.get(3)));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
