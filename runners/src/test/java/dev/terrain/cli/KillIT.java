package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.store.ObjectStores;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is ended anyhow goes on where it was, and nobody can tell afterwards. What a kill
 * at any other moment leaves is tested without a process.
 */
class KillIT {
  private static final int KILLED = 128 + 9;
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private Path folder;
  private Path sweep;
  private Path study;

  @Test
  void aRunThatIsKilledAndInterruptedEndsAsAnUndisturbedOne() throws IOException {
    Path undisturbed = ReferenceStudy.of(SmallSweep.LONG);
    sweep = SmallSweep.write(folder, SmallSweep.LONG);
    study = folder.resolve("disturbed");
    killOnceProgressIsSaved();
    interruptOnceProgressIsSaved();
    killOnceAModelIsMeasured();
    assertThat(finish().err())
        .contains("train               2 done       0 to do")
        .doesNotContain("nothing to train or measure");

    assertThat(TableRows.of(study)).isEqualTo(TableRows.of(undisturbed));
    assertThat(files("model.safetensors")).hasSize(2);
    for (Path model : files("model.safetensors")) {
      assertThat(model)
          .hasSameBinaryContentAs(undisturbed.resolve(study.relativize(model).toString()));
    }
    assertThat(files("progress.safetensors")).isEmpty();
  }

  private void killOnceProgressIsSaved() throws IOException {
    try (JarProcess run = start()) {
      awaitProgress(run);
      assertThat(run.kill().exitCode()).isEqualTo(KILLED);
    }
    assertThat(files("progress.safetensors")).isNotEmpty();
    assertThat(records("train")).isEmpty();
  }

  private void interruptOnceProgressIsSaved() throws IOException {
    try (JarProcess run = start()) {
      awaitProgress(run);
      Cli cli = run.interrupt();
      assertThat(cli.exitCode()).as(cli.err()).isEqualTo(INTERRUPTED);
      assertThat(cli.err())
          .contains("interrupted; the same command goes on where this run was")
          .doesNotContain("internal error", "\tat ");
    }
    assertThat(files("progress.safetensors")).isNotEmpty();
  }

  private void killOnceAModelIsMeasured() throws IOException {
    try (JarProcess run = start()) {
      run.await("a model is measured", () -> !records("curvature").isEmpty());
      Cli cli = run.kill();
      assertThat(cli.exitCode()).isEqualTo(KILLED);
      assertThat(cli.err()).contains("from saved progress");
    }
  }

  /** Waits until the run has saved a state of its own. */
  private void awaitProgress(JarProcess run) throws IOException {
    Instant before = Instant.now();
    run.await(
        "progress is saved",
        () -> {
          for (Path file : files("progress.safetensors")) {
            if (isNewer(file, before)) {
              return true;
            }
          }
          return false;
        });
  }

  private static boolean isNewer(Path file, Instant instant) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isAfter(instant);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private JarProcess start() throws IOException {
    return JarProcess.start(
        folder, "run", sweep, "--out", study, "--workers", 2, "--save-every", 0.2);
  }

  private Cli finish() throws IOException {
    try (JarProcess run = start()) {
      Cli cli = run.finish();
      assertThat(cli.exitCode()).as(cli.err()).isZero();
      return cli;
    }
  }

  private List<Path> files(String name) throws IOException {
    return below("models/", "/" + name);
  }

  private List<Path> records(String stage) throws IOException {
    return below("ledger/" + stage + "/", ".avro");
  }

  /** Files of the study, as its store lists them while others come and go. */
  private List<Path> below(String prefix, String ending) throws IOException {
    return ObjectStores.open(study.toString()).list(prefix).stream()
        .filter(name -> name.endsWith(ending))
        .map(study::resolve)
        .toList();
  }
}
