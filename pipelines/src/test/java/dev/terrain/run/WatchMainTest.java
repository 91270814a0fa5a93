package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class WatchMainTest {
  @TempDir private Path folder;

  @Test
  void aMissingOptionIsNamed() {
    assertThatThrownBy(() -> WatchMain.main(new String[] {"--requests=" + folder}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("study");
  }

  @Test
  void aWindowWithoutATimeIsRefused() {
    assertThatThrownBy(
            () ->
                WatchMain.main(
                    new String[] {
                      "--requests=" + folder, "--study=" + folder, "--windowSeconds=0"
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("window");
  }
}
