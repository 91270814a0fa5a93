package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cells}, {@code show} of a cell, {@code list --cells} and {@code list --models}. */
@Tag("engine")
class CellsCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @Test
  void cellsPrintsTheHeadlineMetrics() throws IOException {
    Cell narrow = row(2);

    Cli cli = Cli.run("cells", "--out", STUDY);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    List<String> lines = cli.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).split(" {2,}"))
        .containsExactly(
            "cell",
            "width",
            "batch_size",
            "n",
            "phase",
            "conf",
            "train loss",
            "mode conn",
            "CKA",
            "test acc",
            "top eigenv",
            "trace",
            "L2 dist");
    assertThat(lines.get(1))
        .startsWith(narrow.getCellId().substring(0, 8))
        .containsPattern(" 2 +16 +2 +" + narrow.getPhase() + " ")
        .contains(NumberText.brief(narrow.getTrainLossMean()))
        .contains(NumberText.brief(narrow.getHessianTraceMean()))
        .contains(NumberText.brief(narrow.getL2DistanceMean()));
  }

  @Test
  void cellsAsJsonHasAllColumns() throws IOException {
    JsonNode rows = MAPPER.readTree(Cli.run("cells", "--out", STUDY, "--json").out());

    assertThat(rows).hasSize(2);
    assertThat(rows.path(0).path("cell_id").textValue()).isEqualTo(row(2).getCellId());
    assertThat(rows.path(0).path("train_loss_mean").doubleValue())
        .isEqualTo(row(2).getTrainLossMean());
    assertThat(rows.path(1).path("phase").textValue()).isEqualTo(row(4).getPhase());
  }

  @Test
  void cellsPrintsAnyMetricThatIsAskedFor() throws IOException {
    Cli cli = Cli.run("cells", "--out", STUDY, "--metric", "hessian_effective_rank,cka:debiased");
    JsonNode rows =
        MAPPER.readTree(
            Cli.run("cells", "--out", STUDY, "--metric", "hessian_effective_rank", "--json").out());

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    List<String> lines = cli.out().lines().toList();
    assertThat(lines.get(0).split(" {2,}"))
        .containsExactly(
            "cell",
            "width",
            "batch_size",
            "n",
            "phase",
            "conf",
            "hessian_effective_rank",
            "cka:debiased");
    CellMetric norm =
        TableReader.of(STUDY).read(CellMetric.class).stream()
            .filter(
                row -> row.getMetric().equals("hessian_effective_rank") && row.getLoadValue() == 2)
            .findFirst()
            .orElseThrow();
    assertThat(lines.get(1))
        .contains(NumberText.brief(norm.getMean()))
        .contains(NumberText.brief(row(2).getCkaDebiasedMean()));
    assertThat(rows.path(0).path("metrics").path(0).path("mean").doubleValue())
        .isEqualTo(norm.getMean());
    assertThat(rows.path(0).path("metrics").path(0).path("n").intValue()).isEqualTo(2);
  }

  @Test
  void aMetricOrVariantThatIsUnknown_isRefusedWithThoseThatThereAre() {
    Cli metric = Cli.run("cells", "--out", STUDY, "--metric", "gradient_nrm");
    Cli variant = Cli.run("cells", "--out", STUDY, "--metric", "cka:unbiased");

    assertThat(metric.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(metric.err()).contains("did you mean 'gradient_norm'?");
    assertThat(variant.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(variant.err()).contains("metric cka has the variants paper, debiased");
  }

  @Test
  void showOfACellBeginsWithItsRow() throws IOException {
    Cell wide = row(4);

    Cli cell = Cli.run("show", wide.getCellId(), "--out", STUDY);
    Cli full = Cli.run("show", wide.getCellId(), "--out", STUDY, "--full");

    assertThat(cell.out().lines().toList())
        .startsWith("cell " + wide.getCellId(), "width=4, batch_size=16")
        .hasSizeLessThan(40);
    assertThat(cell.out())
        .containsPattern("phase +" + wide.getPhase())
        .containsPattern("train_loss +" + "%.6g".formatted(wide.getTrainLossMean()) + ", sd ")
        .contains(wide.getPhaseReason())
        .contains("DONE         connectivity ")
        .doesNotContain("computed by");
    assertThat(full.out()).contains("computed by", wide.getPhaseReason());
    assertThat(full.out().lines().count()).isGreaterThan(100);
    JsonNode facts =
        MAPPER.readTree(Cli.run("show", wide.getCellId(), "--out", STUDY, "--json").out());
    assertThat(facts.path("row").path("phase").textValue()).isEqualTo(wide.getPhase());
    assertThat(facts.path("units")).hasSize(9);
  }

  @Test
  void aCellWithoutARowSaysSo() throws IOException {
    Path grown =
        SmallSweep.write(other, SmallSweep.YAML.replace("width: [2, 4]", "width: [2, 3, 4]"));

    Cli cli = Cli.run("show", "width=3", "--out", STUDY, "--sweep", grown);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("no row in the table of cells", "MISSING      train ");
  }

  @Test
  void listCountsTheUnitsOfCellsAndModels() throws IOException {
    Path copy = copyIn(other);
    deleteOneRecord(copy, "curvature");

    Cli cells = Cli.run("list", "--cells", "--out", copy);
    Cli models = Cli.run("list", "--models", "--state", "missing", "--out", copy);
    JsonNode facts = MAPPER.readTree(Cli.run("list", "--cells", "--out", copy, "--json").out());

    assertThat(cells.out().lines()).hasSize(2).anyMatch(line -> line.endsWith("  9 DONE"));
    assertThat(cells.out()).contains("  8 DONE, 1 MISSING\n");
    assertThat(models.out().lines())
        .singleElement()
        .asString()
        .matches("[0-9a-f]{12} width=[24], batch_size=16, seed [01]  1 MISSING");
    assertThat(facts).hasSize(2);
    assertThat(facts.findValuesAsText("name"))
        .containsExactly("width=2, batch_size=16", "width=4, batch_size=16");
    assertThat(Cli.run("list", "--cells", "--models", "--out", copy).exitCode()).isEqualTo(2);
  }

  private static void deleteOneRecord(Path study, String stage) throws IOException {
    try (Stream<Path> files = Files.walk(study.resolve("ledger").resolve(stage))) {
      Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
  }

  private static Cell row(double width) throws IOException {
    return TableReader.of(STUDY).read(Cell.class).stream()
        .filter(cell -> cell.getLoadValue() == width)
        .findFirst()
        .orElseThrow();
  }
}
