package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream on a cluster of separate processes, which are stopped, replaced and killed meanwhile.
 */
class WatchOnClusterIT {
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private Path folder;
  private ClusterProcesses cluster;
  private String master;

  @BeforeEach
  void up() throws IOException {
    cluster = new ClusterProcesses(folder);
    master = cluster.up();
  }

  @AfterEach
  void down() throws IOException {
    cluster.down();
  }

  @Test
  void aStreamThatIsKilledStoppedRescaledAndRebuiltGivesTheTablesOfOneRun() throws IOException {
    WatchedStudy watched = WatchedStudy.in(folder);
    loseTheJobManager(watched);
    goOnWithMoreWorkersAndStop(watched);
    int before = watched.revisions();

    cluster.down();
    Path other = OtherBuild.write(Files.createDirectory(folder.resolve("other")));
    master = cluster.up(other);
    Map<Table, List<String>> expected =
        WatchedStudy.comparable(TableRows.of(ReferenceStudy.of(SmallSweep.GROWN)));
    goOnWithAnotherBuildAndLoseATaskManager(watched, other, expected);
    assertThat(watched.revisions()).isGreaterThan(before);
    assertThat(logs().split("first.yaml: sweep small", -1)).as("picked up once").hasSize(1 + 1);

    assertThat(jobs("RUNNING")).as("without its launcher").hasSize(1);
    try (JarProcess watch = watch(other, watched, 4)) {
      watch.await("it finds the job", () -> watch.err().contains("watches for this study already"));
      assertThat(watch.interrupt().exitCode()).isEqualTo(INTERRUPTED);
    }
    assertThat(jobs("RUNNING")).isEmpty();
    assertThat(watched.tables()).isEqualTo(expected);
  }

  private void loseTheJobManager(WatchedStudy watched) throws IOException {
    try (JarProcess watch = watch(JarProcess.JAR, watched, 1)) {
      watched.drop("first.yaml", SmallSweep.YAML);
      watch.await("it is worked on", () -> logs().contains("train of model"));
      Instant now = Instant.now();
      watch.await("a checkpoint knows it", () -> checkpoints(watched, now) > 0);
      cluster.kill("jobmanager");
      master = cluster.up();
    }
  }

  private void goOnWithMoreWorkersAndStop(WatchedStudy watched) throws IOException {
    try (JarProcess watch = watch(JarProcess.JAR, watched, 2)) {
      watch.await("it runs", () -> jobs("RUNNING").size() == 1);
      Instant now = Instant.now();
      watch.await("all of it runs", () -> checkpoints(watched, now) > 0);
      watch.await("two cells are summarised", () -> watched.cellsOf(2) == 2);
      Cli cli = watch.interrupt();
      assertThat(cli.exitCode()).as(cli.err()).isEqualTo(INTERRUPTED);
      assertThat(cli.err()).contains("from the last checkpoint on").doesNotContain("savepoint");
    }
    assertThat(jobs("RUNNING")).isEmpty();
    assertThat(watched.study().resolve("watch").resolve("savepoints")).isNotEmptyDirectory();
  }

  private void goOnWithAnotherBuildAndLoseATaskManager(
      WatchedStudy watched, Path other, Map<Table, List<String>> expected) throws IOException {
    try (JarProcess watch = watch(other, watched, 4)) {
      watch.await("it runs", () -> jobs("RUNNING").size() == 1);
      watched.drop("grown.yaml", SmallSweep.GROWN);
      watch.await("it is picked up", () -> logs().contains("grown.yaml: sweep small, 6 models"));
      cluster.kill("taskmanager-1");
      cluster.up(other);
      watch.await("tables are those of one run", () -> watched.tables().equals(expected));
      assertThat(watch.kill().err()).contains("from the last checkpoint on");
    }
  }

  private JarProcess watch(Path jar, WatchedStudy watched, int workers) throws IOException {
    Object[] command = {"watch", watched.requests(), "--out", watched.study(), "--every", 1};
    Object[] engine = {"--runner", "flink", "--flink-master", master, "--workers", workers};
    return JarProcess.startJar(
        folder, jar, ClusterProcesses.with(ClusterProcesses.with(command, engine), "--window", 2));
  }

  private List<String> jobs(String state) throws IOException {
    return cluster.status().path("jobs").findValues("state").stream()
        .map(JsonNode::textValue)
        .filter(state::equals)
        .toList();
  }

  private String logs() throws IOException {
    return Files.readString(cluster.log(1)) + Files.readString(cluster.log(2));
  }

  /** Complete checkpoints that were written after an instant. */
  private static long checkpoints(WatchedStudy watched, Instant instant) throws IOException {
    try (Stream<Path> files = Files.walk(watched.study().resolve("watch/checkpoints"))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .filter(file -> file.toFile().lastModified() > instant.toEpochMilli())
          .count();
    } catch (UncheckedIOException e) {
      // An old one went meanwhile.
      return 0;
    }
  }
}
