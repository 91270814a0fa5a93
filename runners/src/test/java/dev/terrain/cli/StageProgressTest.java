package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.plan.StagePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StageProgressTest {
  private static final int UNITS = 4096;

  private final Ledger ledger = new Ledger();
  private final StageProgress progress = new StageProgress(plan());

  /** Counts what it is asked. */
  private static final class Ledger implements StageProgress.Records {
    private final Set<String> recorded = new HashSet<>();
    private final List<String> listed = new ArrayList<>();
    private int read;

    @Override
    public Set<String> finished(String stage, String prefix, Set<String> keys) {
      listed.add(prefix);
      assertThat(keys).allMatch(key -> key.startsWith(prefix));
      Set<String> finished = new HashSet<>(keys);
      finished.retainAll(recorded);
      return finished;
    }

    @Override
    public double seconds(String stage, String key) {
      read++;
      return 2;
    }
  }

  private static String key(int unit) {
    return "%04x".formatted(unit * 16);
  }

  private static StagePlan plan() {
    Map<String, Double> work = new LinkedHashMap<>();
    for (int unit = 0; unit < UNITS; unit++) {
      work.put(key(unit), 1.0);
    }
    return new StagePlan("train", 0, work, 0, 0, Map.of(), 0, List.of(), null, Optional.empty());
  }

  @Test
  void aLookThatHasNoTimeAsksOnce_andTheNextGoesOnWhereItWas() throws IOException {
    for (int unit = 0; unit < UNITS; unit++) {
      ledger.recorded.add(key(unit));
    }
    for (int look = 1; look <= 256; look++) {
      progress.update(ledger, () -> false);
      assertThat(ledger.listed).hasSize(look).doesNotHaveDuplicates();
    }
    assertThat(progress.done()).isEqualTo(UNITS);
    assertThat(progress.seconds()).isEqualTo(2.0 * UNITS);
  }

  @Test
  void aLookWithTimeAsksForAllThatIsMissing_onceEach() throws IOException {
    progress.update(ledger, () -> true);
    assertThat(ledger.listed).hasSize(256).doesNotHaveDuplicates();
    assertThat(progress.done()).isZero();
  }

  @Test
  void whatIsDoneIsNeitherListedNorReadAgain() throws IOException {
    for (int unit = 0; unit < UNITS / 2; unit++) {
      ledger.recorded.add(key(unit));
    }
    progress.update(ledger, () -> true);
    ledger.listed.clear();
    progress.update(ledger, () -> true);
    assertThat(ledger.listed).hasSize(128).allMatch(prefix -> prefix.compareTo("80") >= 0);
    assertThat(ledger.read).isEqualTo(UNITS / 2);
    assertThat(progress.left()).isEqualTo(UNITS / 2);
  }
}
