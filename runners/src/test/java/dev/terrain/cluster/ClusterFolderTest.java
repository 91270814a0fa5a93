package dev.terrain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
  private static final ClusterState STATE =
      new ClusterState(
          new MasterAddress("127.0.0.1", 8081),
          ClusterSize.of(2, 1),
          "terrain-0123456789ab.jar",
          List.of("norm-0123456789ab.jar"),
          List.of(new ClusterProcess(ClusterState.JOB_MANAGER, "jobmanager-1a", 1234, 5678)));

  @TempDir private Path temporary;
  private Path root;
  private ClusterFolder folder;

  @BeforeEach
  void open() {
    root = temporary.resolve("cluster");
    folder = new ClusterFolder(root);
  }

  @Test
  void whatRunsIsRememberedUntilItIsClosed() throws IOException {
    assertThat(folder.readState()).isEmpty();
    folder.prepare();
    folder.writeState(STATE);

    assertThat(new ClusterFolder(root).readState()).contains(STATE);

    folder.close();
    assertThat(folder.readState()).isEmpty();
  }

  @Test
  void aNewStartKeepsCheckpointsAndLogsButNoWork() throws IOException {
    folder.prepare();
    FlinkConfiguration.write(folder, ClusterSize.of(1, 1), 8081, 6123);
    Path checkpoint = Files.createDirectories(root.resolve("checkpoints/job/chk-1"));
    Path log = Files.writeString(folder.log("jobmanager"), "log");
    Path jar =
        Files.writeString(Files.createDirectory(folder.work().resolve("blobs")).resolve("x"), "");

    folder.prepare();

    assertThat(checkpoint).exists();
    assertThat(log).exists();
    assertThat(jar).doesNotExist();
    assertThat(folder.work()).isEmptyDirectory();
  }

  @Test
  void aFolderWithOtherThingsIsRefusedAndLeftAsItIs() throws IOException {
    Path other = Files.writeString(Files.createDirectory(root).resolve("thesis.tex"), "text");

    assertThatIllegalArgumentException()
        .isThrownBy(folder::prepare)
        .withMessageContaining(root + ") holds other things than a cluster");
    assertThat(root).isDirectoryContaining(other::equals);
    assertThat(root.toFile().list()).hasSize(1);
  }

  @Test
  void aCorruptStateIsNamed() throws IOException {
    folder.prepare();
    Files.writeString(root.resolve("cluster.json"), "{");

    assertThatIOException()
        .isThrownBy(folder::readState)
        .withMessageContaining(root.resolve("cluster.json") + " is corrupt");
  }

  @Test
  void theConfigurationHasNoPlaceholderLeft() throws IOException {
    folder.prepare();
    FlinkConfiguration.write(folder, ClusterSize.of(3, 2), 8099, 6199);

    String text = Files.readString(folder.configuration().resolve("flink-conf.yaml"));

    assertThat(text)
        .contains(
            "rest.port: 8099\n",
            "jobmanager.rpc.port: 6199\n",
            "taskmanager.numberOfTaskSlots: 2\n",
            "parallelism.default: 6\n",
            "state.checkpoints.dir: " + root.toUri() + "checkpoints\n",
            "taskmanager.memory.managed.size: 256m\n")
        .doesNotContain("{", "}");
  }

  @Test
  void aStartedProcessReplacesTheOneOfItsRole() {
    ClusterProcess next = new ClusterProcess(ClusterState.JOB_MANAGER, "jobmanager-2b", 99, 100);

    assertThat(STATE.with(next).processes()).containsExactly(next);
    assertThat(STATE.roles()).containsExactly("jobmanager", "taskmanager-1", "taskmanager-2");
  }
}
