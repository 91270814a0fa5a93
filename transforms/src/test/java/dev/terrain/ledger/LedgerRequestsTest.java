package dev.terrain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerRequestsTest {
  @TempDir private Path folder;
  private final List<String> listed = new ArrayList<>();

  private Ledger ledger() {
    return new Ledger(
        new ForwardingStore(ObjectStores.open(folder.toString())) {
          @Override
          public List<String> list(String prefix) throws IOException {
            listed.add(prefix);
            return super.list(prefix);
          }
        });
  }

  @Test
  void whetherUnitsAreFinishedTakesAListOfThoseThatBeginAlike_packedOnesAmongThem()
      throws IOException {
    Ledger ledger = ledger();
    ledger.record(Samples.unitResult("train", "ab01"));
    new LedgerCompaction(ObjectStores.open(folder.toString())).compact("train", 1);
    ledger.record(Samples.unitResult("train", "ab02"));
    ledger.record(Samples.unitResult("train", "cd01"));

    Set<String> wanted = Set.of("ab01", "ab02", "ab03");
    assertThat(ledger.finished("train", "ab", wanted)).containsExactlyInAnyOrder("ab01", "ab02");
    assertThat(listed).containsExactlyInAnyOrder("ledger/train/ab/", "segments/train/");

    listed.clear();
    assertThat(ledger.finished("train", "ab", wanted)).hasSize(2);
    assertThat(listed).containsExactly("ledger/train/ab/");
  }
}
