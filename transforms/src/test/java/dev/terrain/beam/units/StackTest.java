package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.UnitLease;
import dev.terrain.stage.StackClock;
import dev.terrain.stage.StackMember;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackTest {
  private static final int WIDTH = 8;
  private static final int MOST = 10;
  private static final String STOP = "stop/here";

  @TempDir private Path folder;
  private StackedUnits units;

  @BeforeEach
  void open() {
    TogetherStage.reset();
    units = new StackedUnits(folder);
  }

  private static List<Unit> unitsOf(List<UnitWork> works) {
    return works.stream().map(UnitWork::unit).toList();
  }

  private void assertComputed(UnitWork work) throws IOException {
    long seed = work.unit().getModels().get(0).getSpec().getSeed();
    assertThat(work.outcome()).isEqualTo(Samples.result(work.unit(), (double) seed));
    assertThat(work.isRecordedElsewhere()).isFalse();
    assertThat(new Ledger(units.context().store()).find("train", work.unit().getKey()))
        .contains(work.outcome());
  }

  private void assertNothingHeld() throws IOException {
    assertThat(units.context().store().list("leases/")).isEmpty();
  }

  @Test
  void unitsAreComputedTogetherAndRecordedEach() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2);
    units.context().failedUnits().record(Failures.of(works.get(1).unit(), new IOException(), 1));

    Stack.Remainder remainder = new Stack(works).attempt();

    assertThat(TogetherStage.computed()).containsExactly(unitsOf(works));
    assertThat(remainder).isEqualTo(new Stack.Remainder(List.of(), List.of()));
    for (UnitWork work : works) {
      assertComputed(work);
      assertThat(work.newSteps()).isEqualTo(new HeardSteps.Steps(1, 10, 0, 0));
      assertThat(work.cost().examples()).isEqualTo(10);
    }
    assertThat(units.context().failedUnits().find("train", works.get(1).unit().getKey())).isEmpty();
    assertNothingHeld();
  }

  @Test
  void oneThatFailsLeavesTheOthersAlone() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, TogetherStage.BAD_SEED, 2);

    new Stack(works).attempt();

    assertThatThrownBy(works.get(1)::outcome).hasMessage("the loss is not finite");
    assertComputed(works.get(0));
    assertComputed(works.get(2));
    assertNothingHeld();
  }

  @Test
  void oneThatIsGivenUpMeanwhileLeavesTheOthersAlone() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2);
    TogetherStage.meanwhile(works.get(1)::giveUp);

    new Stack(works).attempt();

    assertThatThrownBy(works.get(1)::outcome).isInstanceOf(CancellationException.class);
    assertThat(TogetherStage.computed()).containsExactly(unitsOf(works));
    assertComputed(works.get(0));
    assertComputed(works.get(2));
    assertNothingHeld();
  }

  @Test
  void oneThatIsGivenUpBeforeIsNotComputed() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2);
    works.get(1).giveUp();

    new Stack(works).attempt();

    assertThatThrownBy(works.get(1)::outcome).isInstanceOf(CancellationException.class);
    assertThat(TogetherStage.computed())
        .containsExactly(List.of(works.get(0).unit(), works.get(2).unit()));
  }

  @Test
  void oneThatIsRecordedIsNotComputed() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2);
    new Ledger(units.context().store()).record(Samples.result(works.get(0).unit(), 99));

    new Stack(works).attempt();

    assertThat(works.get(0).outcome()).isEqualTo(Samples.result(works.get(0).unit(), 99));
    assertThat(works.get(0).isRecordedElsewhere()).isTrue();
    assertThat(TogetherStage.computed()).containsExactly(unitsOf(works.subList(1, 3)));
    assertNothingHeld();
  }

  @Test
  void oneThatAnotherProcessHoldsIsLeftToIt() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2);
    try (UnitLease lease =
        new UnitLease(units.context().store(), "train", works.get(2).unit().getKey())) {
      assertThat(lease.acquire()).isTrue();

      Stack.Remainder remainder = new Stack(works).attempt();

      assertThat(remainder.held()).containsExactly(works.get(2));
      assertThat(remainder.left()).isEmpty();
      assertThat(works.get(2).hasEnded()).isFalse();
      assertThat(lease.isHeld()).isTrue();
    }
    assertThat(TogetherStage.computed()).containsExactly(unitsOf(works.subList(0, 2)));
  }

  @Test
  void whereOneIsLeftItIsComputedAlone() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1);
    works.get(0).giveUp();

    new Stack(works).attempt();

    assertThat(TogetherStage.computed()).containsExactly(List.of(works.get(1).unit()));
    assertComputed(works.get(1));
  }

  @Test
  void whatAStackThatBreaksLeavesIsPutBackToBeComputedAlone() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, TogetherStage.FAULT_SEED, 2);

    Stack.Remainder remainder = new Stack(works).attempt();

    assertComputed(works.get(0));
    assertThat(remainder.left()).containsExactlyElementsOf(works.subList(1, 3));
    assertThat(remainder.left())
        .noneMatch(UnitWork::hasEnded)
        .allMatch(work -> work.stackTerms().isEmpty());
    assertNothingHeld();
    for (UnitWork left : remainder.left()) {
      assertThat(left.attempt()).isTrue();
      assertComputed(left);
    }
  }

  @Test
  void whatTheStageForgetsIsPutBackToBeComputedAlone() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, TogetherStage.FORGOTTEN_SEED, 2);

    assertThat(new Stack(works).attempt().left()).containsExactly(works.get(1));
    assertComputed(works.get(0));
    assertComputed(works.get(2));
  }

  @Test
  void anErrorEndsAllOfThem() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1);
    TogetherStage.meanwhile(
        () -> {
          throw new AssertionError("the machine is on fire");
        });

    assertThatThrownBy(new Stack(works)::attempt).isInstanceOf(AssertionError.class);
    for (UnitWork work : works) {
      assertThatThrownBy(work::outcome).isInstanceOf(AssertionError.class);
    }
    assertNothingHeld();
  }

  @Test
  void aFailureStopsWhatHasNotBegunAndNotWhatHas() throws IOException {
    StackedUnits impatient =
        new StackedUnits(
            new StudyAddress(folder.toString(), null)
                .withControl(RunControl.STANDARD.withStopMarker(STOP)));
    List<UnitWork> works = impatient.works(WIDTH, MOST, TogetherStage.BAD_SEED, 1);
    UnitWork later = impatient.work(WIDTH, 2, MOST);

    new Stack(works).attempt();
    later.attempt();

    assertComputed(works.get(1));
    assertThat(units.context().store().exists(STOP)).isTrue();
    assertThatThrownBy(later::outcome).isInstanceOf(CancellationException.class);
  }

  @Test
  void aRaceThatIsLostGivesWhatTheWinnerRecorded() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1);
    TogetherStage.meanwhile(
        () -> {
          try {
            new Ledger(units.context().store()).record(Samples.result(works.get(0).unit(), 99));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });

    new Stack(works).attempt();

    assertThat(works.get(0).outcome()).isEqualTo(Samples.result(works.get(0).unit(), 99));
    assertComputed(works.get(1));
  }

  @Test
  void aMemberEndsOnce() {
    UnitWork work = units.work(WIDTH, 0, MOST);
    assertThat(work.begin()).isTrue();
    StackMember member = new Stack.Member(work, new StackClock(1));
    member.complete(Samples.result(work.unit(), 0));

    assertThatThrownBy(() -> member.fail(new IOException()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(work.unit().getKey());
  }

  @Test
  void aMembersTimeIsItsShare() throws IOException {
    List<UnitWork> works = units.works(WIDTH, MOST, 0, 1, 2, 3);
    TogetherStage.meanwhile(() -> sleep(400));
    long start = System.nanoTime();

    new Stack(works).attempt();

    long all = works.stream().mapToLong(work -> work.cost().milliseconds()).sum();
    assertThat(all).isBetween(390L, (System.nanoTime() - start) / 1_000_000);
    assertThat(works.get(0).cost().milliseconds()).isBetween(97L, all / 4);
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
