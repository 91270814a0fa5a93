package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands say of the grid that the study's authors released, imported by the ready mapping
 * (known answers: computed from the released numbers, independently of this code), and of a study
 * of this program's own.
 */
@Tag("engine")
class ChartedStudyCommandsTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "import");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;

  @BeforeAll
  static void importTheGrid() {
    Cli cli =
        Cli.run(
            "import",
            EXAMPLES.resolve("constant-learning-rate-clean.csv"),
            "--mapping",
            EXAMPLES.resolve("constant-learning-rate-clean.yaml"),
            "--out",
            folder.resolve("grid"));
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  private static Cli of(Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--out";
    all[arguments.length + 1] = folder.resolve("grid");
    return Cli.run(all);
  }

  @Test
  void findings_tellThresholdsPhasesBoundariesTrendsAndVerdicts() {
    Cli cli = of("findings");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("a gap from 0.00267 to 0.0162")
        .contains("a gap from 0.396 to 1.3")
        .contains("I: 43 cells", "II: 87 cells", "III: 6 cells", "IV-A: 14 cells", "IV-B: 19 cells")
        .contains("width 6: not converged to converged between batch_size 724 and 1024.")
        .contains("log2 batch_size = 10.91 - 0.53 log2 width (96.4 % of 169 cells")
        .contains("log2 width = -1.38 + 0.57 log2 batch_size (94.7 % of 169 cells")
        .contains("width 4: no change, all cells not converged.")
        .contains("batch_size 364: poorly connected to connected between width 11 and 16.")
        .contains("C1 supported", "C7 not decidable");
    assertThat(cli.out().lines())
        .anyMatch(line -> line.matches("cka +converged +39 +0\\.973 .* 0\\.870 .* 0\\.707 .*"));
  }

  @Test
  void diagnose_tellsDirectionGainAndHowOftenRuleAndBaselinesAreRight() {
    Cli cli = of("diagnose", "width=64, batch_size=128");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("temperature  colder")
        .contains("batch_size: larger (128 -> 256, +5.4 points here")
        .contains("is right in 89.7 %")
        .contains("in 92.9 %");
  }

  @Test
  void diagnose_withoutId_listsAllCells() {
    Cli cli = of("diagnose");

    assertThat(cli.out().lines().filter(line -> line.contains("width="))).hasSize(169);
  }

  @Test
  void diagnose_ofNoCell_isAnErrorThatNamesIt() {
    Cli cli = of("diagnose", "width=65");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err()).contains("ID (width=65) names no cell of the tables");
  }

  @Test
  void suggest_namesAsManyCellsAsAskedFor() throws IOException {
    JsonNode cells = JSON.readTree(of("suggest", "--cells", 7, "--json").out());

    assertThat(cells).hasSize(7);
    assertThat(of("suggest").err()).contains("the cells were imported");
  }

  @Test
  void check_ofAnImport_looksForCellsUnlikeTheirNeighbours() {
    Cli cli = of("check");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("neighbours: 148 of 149", "test_accuracy 55.33");
  }

  @Test
  void diff_ofTwoImportedCells_tellsTheirMetrics() {
    Cli cli = of("diff", "width=64, batch_size=128", "width=64, batch_size=256");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out().lines()).anyMatch(line -> line.matches("test_accuracy .* 5\\.398"));
  }

  @Test
  void report_ofAnImport_isOneOfflineFile() throws IOException {
    Cli cli = of("report");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(Files.readString(folder.resolve("grid/report.html")))
        .contains("constant learning rate, clean labels")
        .doesNotContainPattern("(src|href)=[\"']https?://");
  }

  @Test
  void report_againstAnotherStudy_isAFileOfItsOwn() {
    Cli cli = of("report", "--against", FinishedStudy.STUDY);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(folder.resolve("grid/comparison.html")).isNotEmptyFile();
  }

  @Test
  void suggest_ofAStudy_writesASweepOfItsCellsAndTheNewOnes() throws IOException {
    Path file = folder.resolve("next.yaml");
    Cli cli =
        Cli.run("suggest", "--out", FinishedStudy.STUDY, "--cells", 2, "--save", file, "--json");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    long before = SweepExpansion.of(SweepFile.read(FinishedStudy.SWEEP)).cellCount();
    long added = 0;
    for (JsonNode cell : JSON.readTree(cli.out())) {
      added += cell.path("kind").asText().equals("BETWEEN") ? 1 : 0;
    }
    assertThat(SweepExpansion.of(SweepFile.read(file)).cellCount()).isEqualTo(before + added);
  }

  @Test
  void findings_ofAStudy_sayWhatCannotBeDecided() {
    Cli cli = Cli.run("findings", "--out", FinishedStudy.STUDY);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("No triple point here", "not decidable");
  }
}
