package dev.terrain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class ClusterProcessTest {
  private Process process;

  @BeforeEach
  void start() throws IOException {
    // Waits for input that never comes.
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(), "-s")
            .start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void whatWasStartedIsEndedOnce() {
    ClusterProcess remembered =
        ClusterProcess.of("jobmanager", "jobmanager-1a", process.toHandle());
    assertThat(remembered.isAlive()).isTrue();

    assertThat(remembered.end()).isTrue();

    assertThat(process.isAlive()).isFalse();
    assertThat(remembered.isAlive()).isFalse();
    assertThat(remembered.end()).isFalse();
  }

  @Test
  void aLaterProcessWithTheSameIdIsLeftAlone() {
    ClusterProcess now = ClusterProcess.of("jobmanager", "jobmanager-1a", process.toHandle());
    ClusterProcess earlier =
        new ClusterProcess("jobmanager", now.name(), now.pid(), now.started() - 60_000);

    assertThat(earlier.isAlive()).isFalse();
    assertThat(earlier.end()).isFalse();

    assertThat(process.isAlive()).isTrue();
  }
}
