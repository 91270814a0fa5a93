package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests come while a process watches, which is killed between two of them. */
class WatchIT {
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private Path folder;
  private WatchedStudy watched;

  @BeforeEach
  void makeFolders() throws IOException {
    watched = WatchedStudy.in(folder);
  }

  @Test
  void requestsAcrossAKillGiveTheTablesOfOneRun() throws IOException {
    String grown = SmallSweep.GROWN;
    Map<Table, List<String>> expected = TableRows.of(ReferenceStudy.of(grown));
    try (JarProcess watch = watch()) {
      watched.drop("first.yaml", SmallSweep.YAML);
      watch.await("two cells are summarised", () -> watched.cellsOf(2) == 2);
      int before = watched.revisions();
      Instant now = Instant.now();
      watch.await("a checkpoint knows it", () -> checkpoints(now) > 0);
      assertThat(watch.kill().err()).contains("picked up", "first.yaml: sweep small, 4 models");
      assertThat(before).isPositive();
    }
    int before = watched.revisions();
    try (JarProcess watch = watch()) {
      watched.drop("bad.yaml", grown.replace("seeds:", "seedz:"));
      watched.drop("grown.yaml", grown);
      watch.await("a request is refused", () -> watched.failures().size() == 1);
      watch.await(
          "tables are those of one run",
          () -> watched.tables().equals(WatchedStudy.comparable(expected)));
      Cli cli = watch.interrupt();
      assertThat(cli.exitCode()).as(cli.err()).isEqualTo(INTERRUPTED);
      assertThat(cli.err())
          .contains("from the last checkpoint on", "grown.yaml: sweep small, 6 models")
          .doesNotContain("first.yaml", "a task failed");
    }

    assertThat(watched.revisions()).isGreaterThan(before);
    assertThat(watched.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getStage()).isEqualTo("watch");
              assertThat(failure.getMessage()).contains("bad.yaml:", "did you mean 'seeds'?");
            });
    assertThat(watched.tables()).isEqualTo(WatchedStudy.comparable(expected));
    Path request = watched.requests().resolve("grown.yaml");
    Cli status = Cli.run("status", "--out", watched.study(), "--sweep", request);
    assertThat(status.out()).contains("nothing to train or measure: all 28 units are remembered");
    assertThat(Cli.run("status", "--out", watched.study()).err()).contains("with --sweep");
    Cli again = run(grown, watched.study());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("0 computed, 0 failed");
    assertThat(TableRows.of(watched.study())).isEqualTo(expected);
  }

  private JarProcess watch() throws IOException {
    return JarProcess.start(
        folder,
        "watch",
        watched.requests(),
        "--out",
        watched.study(),
        "--workers",
        2,
        "--every",
        1,
        "--window",
        2);
  }

  private Cli run(String yaml, Path out) throws IOException {
    return JarProcess.run(folder, "run", SmallSweep.write(folder, yaml), "--out", out);
  }

  /** Complete checkpoints that were begun well after an instant; old ones go meanwhile. */
  private int checkpoints(Instant instant) throws IOException {
    AtomicReference<Integer> count = new AtomicReference<>(0);
    Files.walkFileTree(
        watched.study().resolve("watch").resolve("checkpoints"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith("_metadata")
                && attributes.lastModifiedTime().toInstant().isAfter(instant)) {
              count.updateAndGet(found -> found + 1);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return count.get();
  }
}
