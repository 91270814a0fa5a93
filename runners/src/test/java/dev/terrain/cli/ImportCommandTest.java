package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import}. */
class ImportCommandTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "import");
  private static final Path GRID = EXAMPLES.resolve("constant-learning-rate-clean.csv");
  private static final Path MAPPING = EXAMPLES.resolve("constant-learning-rate-clean.yaml");

  @TempDir private Path folder;

  @Test
  void importPrintsCellsPhasesAndConversions() {
    Cli cli = Cli.run("import", GRID, "--mapping", MAPPING, "--out", folder);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out().lines())
        .containsExactly(
            "constant learning rate, clean labels: 169 cells of 169 rows in 1 diagram",
            "phase I: 43, phase II: 87, phase III: 6, phase IV-A: 14, phase IV-B: 19",
            "converted: data_fraction: column data_tenths is multiplied by 0.1",
            "converted: hessian_top_eigenvalue: column log_top_eig holds natural logarithms; undone"
                + " by e^x",
            "converted: hessian_trace: column log_trace holds natural logarithms; undone by e^x");
  }

  @Test
  void theCellsOfAnImportAreListed() {
    Cli.run("import", GRID, "--mapping", MAPPING, "--out", folder);

    Cli cells = Cli.run("cells", "--out", folder);

    assertThat(cells.exitCode()).as(cells.err()).isZero();
    assertThat(cells.out().lines()).hasSize(170);
  }

  @Test
  void asJsonThePhasesAreCounted() throws IOException {
    Cli cli = Cli.run("import", GRID, "--mapping", MAPPING, "--out", folder, "--json");

    JsonNode facts = new JsonMapper().readTree(cli.out());
    assertThat(facts.path("cells").intValue()).isEqualTo(169);
    assertThat(facts.path("phases").path("II").intValue()).isEqualTo(87);
    assertThat(facts.path("conversions")).hasSize(3);
    assertThat(facts.path("notes")).isEmpty();
  }

  @Test
  void aWrongMappingOrGrid_endsWithTheCodeForInvalidInput() throws IOException {
    Path mapping = folder.resolve("m.yaml");
    Files.writeString(
        mapping, Files.readString(MAPPING).replace("column: test_acc,", "column: test_ac,"));
    Path study = folder.resolve("study");

    Cli wrong = Cli.run("import", GRID, "--mapping", mapping, "--out", study);
    Cli missing = Cli.run("import", folder.resolve("no.csv"), "--mapping", MAPPING, "--out", study);

    assertThat(wrong.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(wrong.err())
        .contains("metrics.test_accuracy.column: 'test_ac' is no column of")
        .contains("did you mean 'test_acc'?");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(missing.err()).contains("no.csv: no such file");
    assertThat(study).doesNotExist();
  }
}
