package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamStateTest {
  @TempDir private Path folder;

  @Test
  void theLastCompleteCheckpointOrSavepointCounts() throws IOException {
    try (StreamState state = StreamState.in(folder)) {
      assertThat(state.last()).isEmpty();

      Files.createDirectories(folder.resolve("checkpoints/job/chk-9"));
      assertThat(state.last()).as("an unfinished one").isEmpty();

      Path second = complete("checkpoints/job/chk-2", 2000);
      complete("checkpoints/other/chk-1", 1000);
      complete("savepoints/savepoint-1", 1500);
      assertThat(state.last()).contains(second.toUri());

      Path savepoint = complete("savepoints/savepoint-2", 3000);
      assertThat(state.last()).contains(savepoint.toUri());
    }
  }

  @Test
  void onlyOneAtATimeHasTheFolder() throws IOException {
    try (StreamState state = StreamState.in(folder)) {
      assertThat(state.last()).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StreamState.in(folder))
          .withMessageContaining(folder + " is in use");
    }
    StreamState.in(folder).close();
  }

  private Path complete(String name, long time) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(name));
    Path last = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(last, FileTime.fromMillis(time));
    return checkpoint;
  }
}
