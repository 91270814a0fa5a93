package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaitingUnitsTest {
  private static final int WIDTH = 8;

  @TempDir private Path folder;
  private StackedUnits units;
  private final WaitingUnits waiting = new WaitingUnits();

  @BeforeEach
  void open() {
    units = new StackedUnits(folder);
  }

  private List<UnitWork> hand(int width, int count, int most) {
    List<UnitWork> works =
        units.works(width, most, LongStream.range(0, count).map(i -> 100 + i).toArray());
    works.forEach(waiting::add);
    return works;
  }

  private List<UnitWork> take(UnitWork first, int workers) {
    return waiting.take(first, () -> workers);
  }

  @Test
  void aWorkerTakesWhatIsThereInItsOrder() {
    List<UnitWork> works = hand(WIDTH, 4, 10);

    assertThat(take(works.get(0), 1)).containsExactlyElementsOf(works);
    assertThat(take(works.get(1), 1)).as("another worker has it").isEmpty();
  }

  @Test
  void aStackIsNeverLargerThanPays() {
    List<UnitWork> works = hand(WIDTH, 7, 3);

    assertThat(take(works.get(0), 1)).containsExactlyElementsOf(works.subList(0, 3));
    assertThat(take(works.get(3), 1)).hasSize(3);
    assertThat(take(works.get(6), 1)).hasSize(1);
  }

  @Test
  void aStackIsNeverLargerThanTheLimit() {
    units =
        new StackedUnits(new StudyAddress(folder.toString(), null).withStack(new StackLimit(2)));
    List<UnitWork> works = hand(WIDTH, 7, 3);

    assertThat(take(works.get(0), 1)).hasSize(2);
  }

  @Test
  void workersShareWhatIsThere() {
    List<UnitWork> works = hand(WIDTH, 9, 100);

    assertThat(take(works.get(0), 2)).hasSize(5);
    assertThat(take(works.get(5), 2)).hasSize(4);
  }

  @Test
  void threeWorkersShareWhatIsThere() {
    List<UnitWork> works = hand(WIDTH, 10, 100);

    assertThat(take(works.get(0), 3)).hasSize(4);
    assertThat(take(works.get(4), 3)).hasSize(4);
    assertThat(take(works.get(8), 3)).hasSize(2);
  }

  @Test
  void whatHasEndedIsNotShared() {
    List<UnitWork> works = hand(WIDTH, 8, 100);
    List<UnitWork> first = take(works.get(0), 2);
    first.forEach(work -> work.abandon(new AssertionError()));
    waiting.release(first);

    assertThat(take(works.get(4), 2)).hasSize(2);
    assertThat(take(works.get(6), 2)).hasSize(2);
  }

  @Test
  void aSingleUnitIsTakenHoweverManyWorkersThereAre() {
    List<UnitWork> works = hand(WIDTH, 2, 100);

    assertThat(take(works.get(0), 16)).containsExactly(works.get(0));
  }

  @Test
  void keysAreNotMixedAndTheOthersAreForTheOtherWorkers() {
    List<UnitWork> works = hand(WIDTH, 3, 100);
    List<UnitWork> others = hand(WIDTH + 1, 3, 100);

    assertThat(take(works.get(0), 2)).containsExactlyElementsOf(works);
    assertThat(take(others.get(0), 2)).containsExactlyElementsOf(others);
  }

  @Test
  void studiesAreNotMixed(@TempDir Path elsewhere) {
    List<UnitWork> works = hand(WIDTH, 2, 100);
    units = new StackedUnits(elsewhere);
    hand(WIDTH, 2, 100);

    assertThat(take(works.get(0), 1)).containsExactlyElementsOf(works);
  }

  @Test
  void whatIsComputedAloneIsTakenAlone() {
    List<UnitWork> works = hand(TogetherStage.WIDTH_ALONE, 3, 100);

    assertThat(take(works.get(0), 1)).containsExactly(works.get(0));
    assertThat(take(works.get(0), 1)).isEmpty();
  }

  @Test
  void whereNothingIsStackedUnitsAreTakenAlone() {
    units = new StackedUnits(new StudyAddress(folder.toString(), null).withStack(StackLimit.OFF));
    List<UnitWork> works = hand(WIDTH, 3, 100);

    assertThat(works).allMatch(work -> work.stackTerms().isEmpty());
    assertThat(take(works.get(0), 1)).containsExactly(works.get(0));
  }

  @Test
  void unitsThatAreBeingHandedInAreWaitedFor() throws InterruptedException {
    WaitingUnits patient = new WaitingUnits(Duration.ofMillis(600), Duration.ofMinutes(1));
    List<UnitWork> works = units.works(WIDTH, 100, 0, 1, 2);
    patient.add(works.get(0));
    CompletableFuture<List<UnitWork>> taken =
        CompletableFuture.supplyAsync(() -> patient.take(works.get(0), () -> 1));
    for (UnitWork later : works.subList(1, 3)) {
      TimeUnit.MILLISECONDS.sleep(20);
      patient.add(later);
    }

    assertThat(taken.join()).containsExactlyElementsOf(works);
  }

  @Test
  void whereUnitsKeepComingAWorkerBeginsAllTheSame() {
    WaitingUnits impatient = new WaitingUnits(Duration.ofMinutes(1), Duration.ofMillis(20));
    UnitWork first = units.work(WIDTH, 0, 100);
    impatient.add(first);

    assertThat(impatient.take(first, () -> 1)).containsExactly(first);
  }

  @Test
  void whereEnoughAreThereNobodyWaits() {
    WaitingUnits patient = new WaitingUnits(Duration.ofMinutes(1), Duration.ofMinutes(1));
    List<UnitWork> works = units.works(WIDTH, 2, 0, 1, 2, 3);
    works.forEach(patient::add);

    assertThat(patient.take(works.get(0), () -> 2)).hasSize(2);
  }
}
