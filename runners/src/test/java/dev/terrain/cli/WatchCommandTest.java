package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.engine.StreamState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code watch} refuses before it watches anything. */
class WatchCommandTest {
  @TempDir private Path folder;

  private void assertRefuses(String message, Object... arguments) {
    Cli cli = Cli.run(arguments);

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void aFolderThatIsMissing() {
    Path missing = folder.resolve("missing");
    assertRefuses(missing + ": there is no such folder", "watch", missing, "--out", folder);
  }

  @Test
  void timesAndNumbersBelowOne() {
    for (String option : new String[] {"--every", "--window", "--window-rows", "--workers"}) {
      assertRefuses(
          option + " (0) must be at least 1", "watch", folder, "--out", folder, option, 0);
    }
  }

  @Test
  void aStudyInABucketWithoutAFolderForTheState() {
    assertRefuses("--state is needed", "watch", folder, "--out", "gs://bucket/study");
  }

  @Test
  void aStateThatAnotherProcessHas() throws IOException {
    try (StreamState other = StreamState.in(folder.resolve("watch"))) {
      assertThat(other.last()).isEmpty();
      assertRefuses("is in use", "watch", folder, "--out", folder);
    }
  }
}
