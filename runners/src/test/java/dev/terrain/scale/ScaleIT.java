package dev.terrain.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.cli.Cli;
import dev.terrain.cli.ClusterProcesses;
import dev.terrain.cli.JarProcess;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many units through the whole batch pipeline, and many requests through the unbounded one, with
 * numerics that cost nothing. The system properties {@code terrain.scale.cells} and {@code
 * terrain.scale.requests} say how many: a few by default, so that the way is tested; 11,112 cells
 * make 100,000 units.
 */
class ScaleIT {
  static final int SEEDS = 2;

  /** Four of each training, one of every other unit. */
  static final int MEASUREMENTS_OF_A_CELL = SEEDS * 4 + 5;

  /** Two trainings, their weights, two curvatures, a pair, a similarity and a distance. */
  private static final int UNITS_OF_A_CELL = 9;

  private static final int CELLS = Integer.getInteger("terrain.scale.cells", 25);
  private static final int REQUESTS = Integer.getInteger("terrain.scale.requests", 10);

  private static final String SWEEP =
      """
      name: scale
      base: {dataset: digits, data_fraction: 0.02, label_noise: 0.1, depth: 0, batch_size: 8, epochs: 1}
      axes:
        load: {label_noise_seed: %s}
        temperature: {learning_rate: %s}
      seeds: %d
      curvature: {measures: []}
      """;

  @TempDir private Path folder;
  private Path study;
  private Path jar;

  @BeforeEach
  void packFreeStages() throws IOException {
    study = folder.resolve("study");
    jar = folder.resolve("free.jar");
    Path classes = Path.of("target", "test-classes");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes.resolve("dev/terrain/scale"))) {
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  @Test
  void everyUnitOfManyReachesTheTablesAndIsRememberedThen() throws IOException {
    Path sweep = sweep();
    long cells = cells(sweep);

    print("embedded", "computed", cells, run(List.of(), "batch", sweep, study));
    print("embedded", "remembered", cells, run(List.of(), "batch", sweep, study));

    assertWhole(cells);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "terrain.scale.cells",
      matches = "\\d+",
      disabledReason = "small jobs on a cluster are tested elsewhere")
  void theSameOnACluster() throws IOException {
    Path sweep = sweep();
    long cells = cells(sweep);
    ClusterProcesses cluster = new ClusterProcesses(folder);
    Object[] words = {"batch", sweep, study, cluster.up(), JarProcess.JAR + "," + jar};
    try {
      List<Long> processes = cluster.pids();
      print("on a cluster", "computed", cells, run(processes, words));
      print("on a cluster", "remembered", cells, run(processes, words));
    } finally {
      cluster.down();
    }

    assertWhole(cells);
  }

  @Test
  void manyRequestsReachTheTables() throws IOException {
    Path requests = Files.createDirectory(folder.resolve("requests"));
    for (int i = 1; i <= REQUESTS; i++) {
      Files.writeString(
          requests.resolve(i + ".yaml"), SWEEP.formatted("[" + i + "]", "[0.01]", SEEDS));
    }

    print("requests", "watched", REQUESTS, run(List.of(), "watch", requests, study, REQUESTS));

    assertThat(rows(Table.MODELS)).isEqualTo((long) SEEDS * REQUESTS);
    assertThat(rows(Table.MEASUREMENTS)).isEqualTo((long) MEASUREMENTS_OF_A_CELL * REQUESTS);
    assertThat(rows(Table.FAILURES)).isZero();
  }

  private Path sweep() throws IOException {
    int side = (int) Math.ceil(Math.sqrt(CELLS));
    return Files.writeString(
        folder.resolve("scale.yaml"),
        SWEEP.formatted(
            "{from: 1, to: 1000000000, points: " + side + "}",
            "{from: 0.001, to: 1, points: " + side + "}",
            SEEDS));
  }

  private static long cells(Path sweep) throws IOException {
    return SweepExpansion.of(SweepFile.read(sweep)).cellCount();
  }

  /** Seconds, and the memory of the process and of others at its peak. */
  private String run(List<Long> others, Object... words) throws IOException {
    try (JarProcess process =
        JarProcess.startWith(jar, folder, "dev.terrain.scale.ScaleRun", words)) {
      List<Long> all = new ArrayList<>(others);
      all.add(process.handle().pid());
      List<String> peaks = List.of();
      while (process.handle().isAlive()) {
        List<String> now = peaks(all);
        peaks = now.size() < all.size() ? peaks : now;
        TimeUnit.MILLISECONDS.sleep(100);
      }
      Cli cli = process.finish();
      assertThat(cli.exitCode()).as(cli.err()).isZero();
      return cli.out().strip() + " s, peak memory of the processes " + peaks;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> peaks(List<Long> pids) {
    return pids.stream().map(ScaleIT::peak).flatMap(Optional::stream).toList();
  }

  /** Empty once the process has ended, which may be while its file is read. */
  private static Optional<String> peak(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.substring("VmHWM:".length()).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void print(String where, String what, long cells, String took) throws IOException {
    System.out.printf(
        "%s: %d units %s in %s; tables %.1f MB%n",
        where, cells * UNITS_OF_A_CELL, what, took, size(study.resolve("tables")) / 1e6);
  }

  private void assertWhole(long cells) throws IOException {
    assertThat(rows(Table.MODELS)).isEqualTo(SEEDS * cells);
    assertThat(rows(Table.MEASUREMENTS)).isEqualTo(MEASUREMENTS_OF_A_CELL * cells);
    assertThat(rows(Table.CELLS)).isEqualTo(cells);
    assertThat(rows(Table.FAILURES)).isZero();
  }

  private long rows(Table table) throws IOException {
    AtomicLong rows = new AtomicLong();
    TableReader.of(study).forEach(table, row -> rows.incrementAndGet());
    return rows.get();
  }

  private static long size(Path tables) throws IOException {
    try (Stream<Path> files = Files.walk(tables)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
