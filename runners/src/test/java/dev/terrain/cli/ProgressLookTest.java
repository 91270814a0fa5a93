package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.ForwardingStore;
import dev.terrain.ledger.Ledger;
import dev.terrain.plan.StagePlan;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.store.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a progress line asks of the storage while it follows a run. */
class ProgressLookTest {
  private static final int UNITS = 2048;

  @TempDir private Path folder;

  /** Keeps the beginnings of names that were listed. */
  private static final class ListedStore extends ForwardingStore {
    private final List<String> listed = new ArrayList<>();

    ListedStore(ObjectStore store) {
      super(store);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
      listed.add(prefix);
      return super.list(prefix);
    }

    @Override
    public List<StoredObject> describe(String prefix) throws IOException {
      listed.add(prefix);
      return super.describe(prefix);
    }
  }

  @Test
  void noLookListsTheLedgerAsAWhole() throws IOException {
    ListedStore store = new ListedStore(ObjectStores.open(folder.toString()));
    Map<String, Double> work = new LinkedHashMap<>();
    for (int unit = 0; unit < UNITS; unit++) {
      work.put("%04x".formatted(unit * 32), 1.0);
    }
    StageProgress progress =
        new StageProgress(
            new StagePlan("train", 0, work, 0, 0, Map.of(), 0, List.of(), null, Optional.empty()));

    StageProgress.Records records = StageProgress.of(new Ledger(store));
    progress.update(records, () -> true);
    progress.update(records, () -> false);

    // One part of 256 at a time; beside them the segments, of which there is one for thousands of
    // units.
    assertThat(store.listed)
        .filteredOn(prefix -> !prefix.equals("segments/train/"))
        .hasSize(256 + 1)
        .allMatch(prefix -> prefix.matches("ledger/train/[0-9a-f]{2}/"));
  }
}
