package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderNoticeTest {
  /** Addresses for documentation, which no machine has. */
  private static final String ELSEWHERE = "192.0.2.1";

  @TempDir private Path folder;

  @Test
  void aFolderIsSharedWithinAMachineOnly() {
    ObjectStore study = ObjectStores.open(folder.toString());

    assertThat(SharedFolderNotice.of(study, List.of())).isEmpty();
    assertThat(SharedFolderNotice.of(study, List.of("127.0.0.1"))).isEmpty();
    assertThat(SharedFolderNotice.of(study, List.of("127.0.0.1", ELSEWHERE)).orElseThrow())
        .contains(folder.toString(), "on " + ELSEWHERE + " as here");
  }
}
