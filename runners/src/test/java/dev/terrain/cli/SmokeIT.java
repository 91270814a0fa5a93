package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users run it. */
class SmokeIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "smoke.yaml");

  @TempDir private Path folder;

  @Test
  void theSmokeExampleRunsAndIsRemembered() throws IOException {
    Path study = folder.resolve("study");

    Cli first = JarProcess.run(folder, "run", EXAMPLE, "--out", study);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err())
        .contains("4 cells, 8 models", "84 units: 0 remembered, 84 computed, 0 failed")
        .doesNotContain("WARN", "ERROR", "Exception");
    // Two seeds make one pair: no confidence, and a line that says so.
    assertThat(first.out().lines()).hasSize(4);
    checkTables(TableReader.of(study));
    Map<Table, List<String>> tables = TableRows.of(study);

    Cli second = JarProcess.run(folder, "run", EXAMPLE, "--out", study);

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err())
        .contains("nothing to train or measure: all 84 units are remembered")
        .contains("84 units: 84 remembered, 0 computed, 0 failed");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(TableRows.of(study)).isEqualTo(tables);
  }

  private static void checkTables(TableReader tables) throws IOException {
    assertThat(tables.read(Cell.class))
        .hasSize(4)
        .extracting(cell -> Objects.requireNonNullElse(cell.getPhase(), "none"))
        .isSubsetOf("I", "II", "III", "IV-A", "IV-B");
    assertThat(tables.read(Model.class)).hasSize(8);
    assertThat(tables.read(Failure.class)).isEmpty();
    assertThat(tables.read(Measurement.class))
        .allSatisfy(
            row ->
                assertThat(row.getStatus())
                    .as("%s: %s", row.getMetric(), row.getReason())
                    .isIn(MeasurementStatus.OK, MeasurementStatus.NOT_CONVERGED))
        .allSatisfy(row -> assertThat(row.getValue()).as(row.getMetric()).isFinite())
        .extracting(Measurement::getMetric)
        .containsOnly(
            "train_loss",
            "train_accuracy",
            "test_loss",
            "test_accuracy",
            "hessian_top_eigenvalue",
            "hessian_smallest_eigenvalue",
            "hessian_trace",
            "hessian_frobenius_norm",
            "hessian_effective_rank",
            "hessian_negative_mass",
            "worst_case_sharpness",
            "gradient_norm",
            "gradient_noise_scale",
            "sam_sharpness",
            "asam_sharpness",
            "fisher_rao_norm",
            "relative_flatness",
            "mode_connectivity",
            "linear_barrier",
            "cka",
            "l2_distance");
  }

  @Test
  void aStackTraceIsForThoseWhoAskForIt() throws IOException {
    Path absent = folder.resolve("absent.yaml");

    Cli quiet = JarProcess.run(folder, "run", absent, "--out", folder.resolve("study"));
    Cli verbose =
        JarProcess.run(folder, "run", absent, "--out", folder.resolve("study"), "--verbose");

    assertThat(quiet.exitCode()).isEqualTo(3);
    assertThat(quiet.err()).contains("absent.yaml").doesNotContain("\tat ").hasLineCount(1);
    assertThat(verbose.exitCode()).isEqualTo(3);
    assertThat(verbose.err()).contains("absent.yaml", "\tat dev.terrain.");
  }

  @Test
  void theMainClassForSchedulersTellsOfFailuresByItsExitCode() throws IOException {
    Path study = folder.resolve("study");
    Path sweep = SmallSweep.write(folder, SmallSweep.YAML + "metrics: [losses, distance]\n");
    Object[] options = {"--sweep=" + sweep, "--study=" + study, "--runner=DirectRunner"};
    assertThat(main(options).exitCode()).isZero();
    try (Stream<Path> records = Files.walk(study.resolve("ledger/distance"))) {
      Path record = records.filter(Files::isRegularFile).findFirst().orElseThrow();
      Files.write(record, new byte[] {1, 2, 3});
    }

    Cli broken = main(options[0], options[1], options[2], "--rebuildTables");

    assertThat(broken.exitCode()).as(broken.err()).isEqualTo(4);
    assertThat(broken.err()).contains("corrupt ledger record");
  }

  private Cli main(Object... options) throws IOException {
    try (JarProcess process = JarProcess.startMain(folder, "dev.terrain.run.SweepMain", options)) {
      return process.finish();
    }
  }
}
