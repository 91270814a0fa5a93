package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.cluster.ClusterJob;
import dev.terrain.cluster.FlinkCluster;
import dev.terrain.cluster.MasterAddress;
import dev.terrain.store.ObjectStores;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Flink cluster of separate processes, whose jobs survive whatever is killed. */
class ClusterIT {
  @TempDir private static Path scratch;
  private static ClusterProcesses cluster;
  private static String master;

  @TempDir private Path folder;

  @BeforeAll
  static void name() {
    cluster = new ClusterProcesses(scratch);
  }

  /** Starts the cluster, or what an earlier test has killed. */
  @BeforeEach
  void up() throws IOException {
    master = cluster.up();
  }

  @AfterAll
  static void down() throws IOException {
    cluster.down();
  }

  @Test
  void oneTwoAndFourSlotsGiveTheTablesOfTheEmbeddedEngineInTheSameProcesses() throws IOException {
    Path sweep = SmallSweep.write(folder, SmallSweep.GROWN);
    Map<Table, List<String>> expected = TableRows.of(ReferenceStudy.of(SmallSweep.GROWN));

    for (int slots : List.of(1, 2, 4)) {
      Path study = folder.resolve("study-" + slots);
      Cli run = JarProcess.run(folder, onCluster(sweep, study, "--workers", slots));
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).contains("28 units: 0 remembered, 28 computed, 0 failed");
      assertThat(TableRows.of(study)).as("%d slots", slots).isEqualTo(expected);
    }

    // Every process has worked on a job by now; another must not leave more behind.
    long first = loadersOfJobs("taskmanager-1");
    long second = loadersOfJobs("taskmanager-2");
    Cli again = JarProcess.run(folder, onCluster(sweep, folder.resolve("study-4")));
    assertThat(again.err()).contains("28 units: 28 remembered, 0 computed, 0 failed");
    assertThat(loadersOfJobs("jobmanager")).isZero();
    assertThat(loadersOfJobs("taskmanager-1")).isLessThanOrEqualTo(first);
    assertThat(loadersOfJobs("taskmanager-2")).isLessThanOrEqualTo(second);
  }

  @Test
  void aJobThatIsDisturbedInEveryWayEndsAsAnUndisturbedOne() throws IOException {
    Path study = folder.resolve("study");
    try (JarProcess run = start(study)) {
      goOnFromSavedProgressWithoutATaskManager(run, study);
      cancelOnTheCluster(run);
      assertThat(trainings(study)).as("trainings that were cancelled").isNotEmpty();
    }
    // The other TaskManager works for all.
    up();
    try (JarProcess run = start(study)) {
      loseTheJobManager(run, study);
    }

    Cli cli = JarProcess.run(folder, onCluster(sweep(), study, "--workers", 2));

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    // The TaskManagers work on until they miss the JobManager, so the trainings may even be done.
    assertThat(cli.err())
        .containsPattern("train +\\d+ done")
        .doesNotContainPattern("train +\\d+ done.* new");
    assertUndisturbed(study);
  }

  private JarProcess start(Path study) throws IOException {
    return JarProcess.start(folder, onCluster(sweep(), study, "--workers", 2));
  }

  private void goOnFromSavedProgressWithoutATaskManager(JarProcess run, Path study)
      throws IOException {
    List<Long> logged = List.of(Files.size(cluster.log(1)), Files.size(cluster.log(2)));
    run.await("epochs are saved", () -> trainingWithEpochs(study).isPresent());
    String id = trainingWithEpochs(study).orElseThrow();
    String begun = "train of model " + id.substring(0, 12) + ": begins";
    boolean onFirst =
        Files.readString(cluster.log(1)).substring(logged.get(0).intValue()).contains(begun);
    boolean onSecond =
        Files.readString(cluster.log(2)).substring(logged.get(1).intValue()).contains(begun);
    assertThat(onFirst).as("only one of the two trains %s", id).isNotEqualTo(onSecond);
    cluster.kill(onFirst ? "taskmanager-1" : "taskmanager-2");
    int saved = epochs(study, id);
    assertThat(saved).as("epochs saved before the kill").isPositive();

    run.await("progress is saved once more", () -> epochs(study, id) != saved);
    assertThat(epochs(study, id)).as("epochs, of which %d were saved", saved).isGreaterThan(saved);
  }

  private static void cancelOnTheCluster(JarProcess run) throws IOException {
    FlinkCluster flink = FlinkCluster.at(MasterAddress.parse(master));
    for (ClusterJob job : flink.jobs()) {
      // As the dashboard does; those that have ended are left alone.
      flink.cancel(job.name());
    }
    Cli cli = run.finish();
    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(130);
    assertThat(cli.err())
        .contains("on " + master + " was cancelled there; the same command goes on where it was")
        .doesNotContain("internal error", "\tat ");
  }

  private void loseTheJobManager(JarProcess run, Path study) throws IOException {
    List<String> cancelled = trainings(study);
    List<Integer> saved = epochs(study, cancelled);
    run.await("the trainings go on", () -> !epochs(study, cancelled).equals(saved));
    cluster.kill("jobmanager");
    up();
    Cli cli = run.finish();
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("the same command goes on where it was").doesNotContain("\tat ");
  }

  @Test
  void anotherBuildOfTerrainIsRefused() throws IOException {
    Path other = OtherBuild.write(folder);
    Path study = folder.resolve("study");

    try (JarProcess run = JarProcess.startJar(folder, other, onCluster(sweep(), study))) {
      Cli cli = run.finish();
      assertThat(cli.exitCode()).isEqualTo(3);
      assertThat(cli.err())
          .contains("the cluster at " + master + " was started with another build of Terrain")
          .hasLineCount(1);
    }
    assertThat(study).doesNotExist();
  }

  private Path sweep() throws IOException {
    return SmallSweep.write(folder, SmallSweep.LONG);
  }

  private static Object[] onCluster(Path sweep, Path study, Object... more) {
    Object[] words = {"run", sweep, "--out", study, "--save-every", 0.2};
    Object[] engine = {"--runner", "flink", "--flink-master", master};
    return ClusterProcesses.with(ClusterProcesses.with(words, engine), more);
  }

  private static void assertUndisturbed(Path study) throws IOException {
    Path undisturbed = ReferenceStudy.of(SmallSweep.LONG);
    assertThat(TableRows.of(study)).isEqualTo(TableRows.of(undisturbed));
    for (String name : ObjectStores.open(undisturbed.toString()).list("models/")) {
      assertThat(study.resolve(name)).hasSameBinaryContentAs(undisturbed.resolve(name));
    }
    assertThat(trainings(study)).isEmpty();
  }

  /** Models whose training has saved a state and not ended. */
  private static List<String> trainings(Path study) throws IOException {
    return ObjectStores.open(study.toString()).list("models/").stream()
        .filter(name -> name.endsWith("/progress.safetensors"))
        .map(name -> name.split("/", -1)[1])
        .toList();
  }

  private static Optional<String> trainingWithEpochs(Path study) throws IOException {
    for (String id : trainings(study)) {
      if (epochs(study, id) > 0) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  /** Epochs that the saved state of a training holds; -1 if there is none. */
  private static int epochs(Path study, String modelId) throws IOException {
    return new Checkpoints(ObjectStores.open(study.toString()))
        .loadProgress(modelId)
        .map(progress -> Integer.parseInt(progress.metadata().get("epochs")))
        .orElse(-1);
  }

  private static List<Integer> epochs(Path study, List<String> modelIds) throws IOException {
    List<Integer> epochs = new ArrayList<>();
    for (String id : modelIds) {
      epochs.add(epochs(study, id));
    }
    return epochs;
  }

  /** Class loaders of jobs in a process, once it has collected its garbage. */
  private static long loadersOfJobs(String role) throws IOException {
    jcmd(role, "GC.run");
    return jcmd(role, "VM.classloader_stats")
        .lines()
        .filter(line -> line.contains("ChildFirstClassLoader"))
        .count();
  }

  private static String jcmd(String role, String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(cluster.pid(role)), command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
