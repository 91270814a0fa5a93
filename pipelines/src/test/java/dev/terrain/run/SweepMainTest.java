package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.copy.MemoryFileSystem;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class SweepMainTest {
  @TempDir private Path folder;
  private Path sweep;
  private Path study;

  @BeforeEach
  void write() throws IOException {
    sweep = folder.resolve("small.yaml");
    study = folder.resolve("study");
    Files.writeString(sweep, SmallStudy.YAML + "metrics: [losses, distance]\n");
  }

  @Test
  void runsASweepWithTheOptionsOfBeam() throws IOException {
    SweepMain.main(
        new String[] {
          "--sweep=" + sweep,
          "--study=" + study,
          "--runner=DirectRunner",
          "--targetParallelism=2",
          "--jobName=small"
        });

    assertThat(TableRows.of(study).get(Table.MODELS)).hasSize(6);
    assertThat(TableRows.of(study).get(Table.CELLS)).hasSize(2);
    assertThat(study.resolve("plan.json")).exists();
    assertThat(study.resolve("report.html")).exists();
  }

  @Test
  void copiesTheTablesAlsoIfThereIsNothingElseToDo() throws IOException {
    String[] options = {
      "--sweep=" + sweep,
      "--study=" + study,
      "--runner=DirectRunner",
      "--copyTables=memory://host/tables"
    };
    MemoryFileSystem.reset();

    SweepMain.main(options);
    byte[] cells =
        MemoryFileSystem.FILES.get("memory://host/tables/cells/part-00000-of-00001.avro");
    assertThat(study.resolve("tables/cells/part-00000-of-00001.avro")).hasBinaryContent(cells);

    MemoryFileSystem.reset();
    SweepMain.main(options);
    assertThat(MemoryFileSystem.FILES).hasSize(7).containsKey("memory://host/tables/copy.json");
  }

  @Test
  void aJobThatIsNotWaitedForCannotBeCopied() {
    assertThatThrownBy(
            () ->
                SweepMain.main(
                    new String[] {
                      "--sweep=" + sweep, "--study=" + study, "--detach", "--copyTables=x"
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--copyTables (x)");
    assertThat(study).doesNotExist();
  }

  @Test
  void aMissingOptionIsNamed() {
    assertThatThrownBy(() -> SweepMain.main(new String[] {"--sweep=" + sweep}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("study");
    assertThat(study).doesNotExist();
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThatThrownBy(
            () ->
                SweepMain.main(
                    new String[] {"--sweep=" + sweep, "--study=" + study, "--sweeeep=x"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sweeeep");
    assertThat(study).doesNotExist();
  }
}
