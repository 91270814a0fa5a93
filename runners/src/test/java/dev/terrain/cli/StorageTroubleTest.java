package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or not to be written on; only where the tests may mount one. */
@Tag("engine")
@Tag("process")
class StorageTroubleTest {
  @TempDir private Path folder;
  private Path disk;
  private Path sweep;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    sweep = SmallSweep.write(folder);
    mounted = mount("-t", "tmpfs", "-o", "size=100k", "tmpfs", disk.toString());
    assumeThat(mounted).as("may mount").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      new ProcessBuilder("umount", disk.toString()).inheritIO().start().waitFor();
    }
  }

  private static boolean mount(String... words) throws Exception {
    try {
      return new ProcessBuilder(Stream.concat(Stream.of("mount"), Stream.of(words)).toList())
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Cli run(Path study) {
    return Cli.run("run", sweep, "--out", study, "--runner", "direct", "--workers", 2);
  }

  @Test
  void aFullDiskIsNamedAndWhatWasFinishedIsThereOnceThereIsSpace() throws Exception {
    Path study = disk.resolve("study");

    Cli full = run(study);

    assertThat(full.exitCode()).as(full.err()).isIn(1, 4);
    assertThat(full.err())
        .contains("No space left on device", study.toString())
        .doesNotContain("\tat ", "internal error");
    assertThat(files(".tmp-")).isEmpty();
    long finished = files("ledger/").size();
    assertThat(mount("-o", "remount,size=50m", disk.toString())).isTrue();
    Cli again = run(study);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err())
        .contains(
            "18 units: %d remembered, %d computed, 0 failed".formatted(finished, 18 - finished));
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(run(undisturbed).exitCode()).isZero();
    assertThat(TableRows.of(study)).isEqualTo(TableRows.of(undisturbed));
  }

  @Test
  void aStudyThatIsNotToBeWrittenOnCanBeLookedAtAndIsNamedByARun() throws Exception {
    assertThat(mount("-o", "remount,size=50m", disk.toString())).isTrue();
    Path study = disk.resolve("study");
    assertThat(run(study).exitCode()).isZero();
    List<String> before = files("");
    assertThat(mount("-o", "remount,ro", disk.toString())).isTrue();

    Cli rebuild = Cli.run("run", sweep, "--out", study, "--runner", "direct", "--rebuild-tables");

    assertThat(rebuild.exitCode()).isEqualTo(1);
    assertThat(rebuild.err())
        .contains(study + "/", "Read-only file system")
        .doesNotContain("\tat ", "internal error");
    assertThat(run(study).err()).contains("18 remembered, 0 computed, 0 failed");
    assertThat(Cli.run("status", "--out", study).out()).contains("all 18 units are remembered");
    assertThat(Cli.run("list", "--out", study).out().lines()).hasSize(18);
    assertThat(files("")).isEqualTo(before);
  }

  private List<String> files(String part) throws IOException {
    try (Stream<Path> files = Files.walk(disk)) {
      return files
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .filter(name -> name.contains(part))
          .sorted()
          .toList();
    }
  }
}
