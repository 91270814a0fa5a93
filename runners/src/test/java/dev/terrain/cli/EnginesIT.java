package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither the engine nor the number of workers changes a row. */
class EnginesIT {
  @TempDir private Path folder;

  @Test
  void everyEngineGivesTheSameTables() throws IOException {
    Map<Table, List<String>> one = tables("one", "--runner", "local", "--workers", 1);

    assertThat(one.get(Table.MODELS)).hasSize(8);
    assertThat(one.get(Table.CELLS)).hasSize(4);
    assertThat(one.get(Table.PATHS)).isNotEmpty();
    assertThat(one.get(Table.FAILURES)).isEmpty();
    assertThat(tables("two", "--runner", "local", "--workers", 2)).isEqualTo(one);
    assertThat(tables("direct", "--runner", "direct", "--workers", 2)).isEqualTo(one);
  }

  @Test
  void optionsAfterTheDashesReplaceOurs() throws IOException {
    Path study = folder.resolve("study");

    Cli cli =
        Cli.run(
            "run",
            SmallSweep.write(folder, SmallSweep.YAML + "metrics: [losses]\n"),
            "--out",
            study,
            "--",
            "--parallelism=1",
            "--jobName=small");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(TableRows.of(study).get(Table.MODELS)).hasSize(4);
  }

  private Map<Table, List<String>> tables(String name, Object... options) throws IOException {
    Path study = folder.resolve(name);
    Path sweep =
        SmallSweep.write(
            folder,
            SmallSweep.YAML.replace(
                "  temperature:", "  other: {architecture: [mlp, cnn]}\n  temperature:"));
    Object[] words = new Object[4 + options.length];
    System.arraycopy(new Object[] {"run", sweep, "--out", study}, 0, words, 0, 4);
    System.arraycopy(options, 0, words, 4, options.length);

    Cli cli = Cli.run(words);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return TableRows.of(study);
  }
}
