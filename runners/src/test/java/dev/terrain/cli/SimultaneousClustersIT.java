package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that start and end one cluster side by side leave one cluster or none. */
class SimultaneousClustersIT {
  @TempDir private Path scratch;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = scratch.resolve("cluster");
  }

  /** What a failed test leaves is ended here, by its folder, which no other process has. */
  @AfterEach
  void endAll() throws IOException {
    JarProcess.run(scratch, "flink", "down", "--folder", folder);
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  private JarProcess flink(String verb, Object... more) throws IOException {
    Object[] words = {"flink", verb, "--folder", folder};
    return JarProcess.start(scratch, ClusterProcesses.with(words, more));
  }

  private JarProcess up() throws IOException {
    return flink("up", "--task-managers", 1, "--slots", 1, "--port", 0);
  }

  /** The processes of clusters in the folder, remembered or not. */
  private List<ProcessHandle> processes() {
    String log = "-Dlog.file=" + folder.resolve("logs");
    return ProcessHandle.allProcesses()
        .filter(
            process -> process.info().commandLine().filter(line -> line.contains(log)).isPresent())
        .toList();
  }

  private Set<Long> pids() {
    return processes().stream()
        .map(ProcessHandle::pid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void twoThatStartIt_startOne() throws IOException {
    try (JarProcess first = up();
        JarProcess second = up()) {
      Cli one = first.finish();
      Cli other = second.finish();

      assertThat(one.exitCode()).as(one.err()).isZero();
      assertThat(other.exitCode()).as(other.err()).isZero();
      assertThat(one.out()).isEqualTo(other.out());
      assertThat(one.err() + other.err())
          .contains("waits for another 'terrain flink up' or 'down' in " + folder);
    }
    assertThat(pids()).hasSize(2);
    Cli down = JarProcess.run(scratch, "flink", "down", "--folder", folder);
    assertThat(down.err()).contains("ended 2 processes");
    assertThat(pids()).isEmpty();
  }

  @Test
  void oneThatEndsItWhileItStarts_waitsAndEndsAllOfIt() throws IOException {
    try (JarProcess up = up()) {
      up.await("its first process is there", () -> !pids().isEmpty());
      Cli down = JarProcess.run(scratch, "flink", "down", "--folder", folder);

      assertThat(up.finish().exitCode()).isZero();
      assertThat(down.exitCode()).as(down.err()).isZero();
      assertThat(down.err()).contains("ended 2 processes");
    }
    assertThat(pids()).isEmpty();
  }
}
