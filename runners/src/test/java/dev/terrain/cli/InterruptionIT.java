package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C ends a command whatever is stuck in it, and a second one at once. */
class InterruptionIT {
  private static final Path CLASSES = Path.of("target", "test-classes").toAbsolutePath();
  private static final int INTERRUPTED = 128 + 2;

  /**
   * Far more than any of it takes on a busy machine, and far less than the limits that must not
   * count.
   */
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final int NEVER = 100_000;

  @TempDir private Path folder;

  private JarProcess start(String stuck, int limitSeconds) throws IOException {
    JarProcess process =
        JarProcess.startWith(CLASSES, folder, StuckCommand.class.getName(), stuck, limitSeconds);
    process.await("it can be interrupted", () -> process.err().contains("armed"));
    return process;
  }

  @Test
  void aJobThatDoesNotEnd_keepsTheCommandUpToItsLimit() throws IOException {
    try (JarProcess process = start("job", 2)) {
      Cli cli = process.interrupt();

      assertThat(cli.exitCode()).as(cli.err()).isEqualTo(INTERRUPTED);
      assertThat(cli.err())
          .contains(
              "interrupted; ending the job takes up to 2 s; a second Ctrl-C ends this command at once",
              "the job did not end within 2 s; the same command goes on where this run was");
    }
  }

  @Test
  void anythingElseThatDoesNotEnd_keepsTheCommandUpToTheLimit() throws IOException {
    try (JarProcess process = start("hook", 2)) {
      Cli cli = process.interrupt();

      assertThat(cli.exitCode()).as(cli.err()).isEqualTo(INTERRUPTED);
      assertThat(cli.err()).contains("interrupted; the same command goes on where this run was");
    }
  }

  @Test
  void aSecondInterruption_endsItAtOnce() throws IOException {
    try (JarProcess process = start("job", NEVER)) {
      process.sendInterrupt();
      process.await("it is told", () -> process.err().contains("a second Ctrl-C"));
      long start = System.nanoTime();

      Cli cli = process.interrupt();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
      assertThat(cli.exitCode()).as(cli.err()).isEqualTo(INTERRUPTED);
      assertThat(cli.err()).doesNotContain("did not end");
    }
  }
}
