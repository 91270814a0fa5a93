package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.google.FakeGoogle;
import dev.terrain.google.StorageFaults.Kind;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep that two processes work on at once, one of which is killed every few seconds, in a bucket
 * whose server fails now and then, or in a folder. {@code -Dterrain.soak.kills=100
 * -Dterrain.soak.seeds=20} makes it long, {@code -Dterrain.soak.seed=7} another one.
 */
class SoakIT {
  private static final int KILLS = Integer.getInteger("terrain.soak.kills", 3);
  private static final int SEEDS = Integer.getInteger("terrain.soak.seeds", 3);
  private static final long SEED = Long.getLong("terrain.soak.seed", 1);
  private static final String YAML =
      """
      name: soak
      base: {data_fraction: 0.3, depth: 1, epochs: 60, stop_rule: epochs}
      axes:
        load: {width: [2, 4, 8]}
        temperature: {batch_size: [16]}
      seeds: %d
      curvature: {examples: 50, batches: 2, eigenvalues: 1, block_size: 2, max_products: 8, measures: []}
      connectivity: {epochs: 10}
      similarity: {examples: 64, mixup_batch_size: 32}
      """
          .formatted(SEEDS);
  private static final Pattern BEGINS = Pattern.compile("(\\w+ of \\w+ [0-9a-f]{12}): begins");

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final List<String> logs = new ArrayList<>();
  private int kills;

  @Test
  void aStudyThatIsKilledAllTheTimeInABucketThatFailsEqualsAnUndisturbedOne() throws Exception {
    Path sweep = SmallSweep.write(folder, YAML);
    Path undisturbed = folder.resolve("undisturbed");
    String summary = finish(JarProcess.start(folder, words(sweep, undisturbed))).err();
    long units = number(summary, "(\\d+) units: 0 remembered");

    try (FakeGoogle google = FakeGoogle.start()) {
      google
          .faults()
          .inject(
              SEED,
              0.03,
              List.of(
                  Kind.UNAVAILABLE,
                  Kind.TOO_MANY,
                  Kind.REFUSED,
                  Kind.ANSWER_LOST,
                  Kind.TRUNCATED,
                  Kind.FLIPPED));
      Object[] endpoint = {"--gcs-endpoint", google.url()};
      disturb(ClusterProcesses.with(words(sweep, "gs://bucket/study"), endpoint));
      Cli gc = gc("gs://bucket/study", endpoint);
      Path copy = folder.resolve("copy");
      google.copy("gs://bucket/study/", copy);

      assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(undisturbed));
      assertThat(google.sizes("gs://bucket/study/").keySet())
          .noneMatch(name -> name.startsWith("leases/") || name.contains("progress"));
      assertThat(gc.exitCode()).as(gc.err()).isZero();
      assertThat(google.problems()).isEmpty();
      assertComputedOnce(units);
      System.out.printf(
          "soak: %d units, %d kills, faults %s, %d computations begun%n",
          units, kills, google.faults().injected(), begun().size());
    }
  }

  private static Object[] words(Path sweep, Object study) {
    return new Object[] {
      "run", sweep, "--out", study, "--workers", 1, "--save-every", 0.5, "--verbose"
    };
  }

  /** Lets two processes work until the study is whole, and kills one now and then. */
  private void disturb(Object... words) throws Exception {
    JarProcess[] processes = {JarProcess.start(folder, words), JarProcess.start(folder, words)};
    try {
      while (kills < KILLS
          && (processes[0].handle().isAlive() || processes[1].handle().isAlive())) {
        TimeUnit.MILLISECONDS.sleep(4_000 + random.nextInt(5_000));
        int victim = random.nextInt(2);
        if (processes[victim].handle().isAlive()) {
          logs.add(processes[victim].kill().err());
          kills++;
          processes[victim] = JarProcess.start(folder, words);
        }
      }
      for (JarProcess process : processes) {
        logs.add(finish(process).err());
      }
    } finally {
      for (JarProcess process : processes) {
        process.close();
      }
    }
    // One of the two may have looked at the tables while the other wrote them.
    logs.add(
        finish(JarProcess.start(folder, ClusterProcesses.with(words, "--rebuild-tables"))).err());
  }

  private static Cli finish(JarProcess process) throws IOException {
    try (process) {
      Cli cli = process.finish();
      assertThat(cli.exitCode()).as(cli.err()).isZero();
      return cli;
    }
  }

  private Cli gc(String study, Object... more) throws IOException {
    Object[] words = {"gc", "--out", study, "--older-than", 0, "--delete"};
    return JarProcess.run(folder, ClusterProcesses.with(words, more));
  }

  /** A kill costs the units that its process was working on: one, or the trainings of a cell. */
  private void assertComputedOnce(long units) {
    assertThat(begun().size()).isBetween((int) units, (int) units + SEEDS * kills);
    Map<String, Long> trainings =
        begun().stream()
            .filter(unit -> unit.startsWith("train of"))
            .collect(Collectors.groupingBy(unit -> unit, Collectors.counting()));
    assertThat(trainings).hasSize(3 * SEEDS);
    assertThat(trainings.values()).allMatch(times -> times <= 1 + kills);
  }

  private List<String> begun() {
    return logs.stream()
        .flatMap(log -> BEGINS.matcher(log).results())
        .map(MatchResult::group)
        .toList();
  }

  private static long number(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .mapToLong(result -> Long.parseLong(result.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text));
  }
}
