package dev.terrain.report;

import static dev.terrain.report.ReportFixture.axis;
import static dev.terrain.report.ReportFixture.cell;
import static dev.terrain.report.ReportFixture.contents;
import static dev.terrain.report.ReportFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Spectrum;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpectrumGalleryTest {
  /** The columns that the choice looks at; the others do not matter here. */
  private static Model model(String cellId, String id, long seed, ModelStatus status) {
    Model model = new Model();
    model.put(Model.getClassSchema().getField("cell_id").pos(), cellId);
    model.put(Model.getClassSchema().getField("model_id").pos(), id);
    model.put(Model.getClassSchema().getField("seed").pos(), seed);
    model.put(Model.getClassSchema().getField("status").pos(), status);
    return model;
  }

  private static Spectrum spectrum(String modelId) {
    List<Double> grid = IntStream.range(0, 51).mapToObj(i -> i / 5.0 - 1).toList();
    List<Double> values = grid.stream().map(x -> Math.exp(-x * x)).toList();
    return Spectrum.newBuilder()
        .setCellId("cell")
        .setModelId(modelId)
        .setOperator("hessian")
        .setNParameters(100)
        .setRitzValues(List.of(-0.5, 8.25))
        .setWeights(List.of(0.5, 0.5))
        .setResiduals(List.of(0.0, 0.0))
        .setUpperEigenvalues(List.of(8.25))
        .setUpperResiduals(List.of(0.001))
        .setLowerEigenvalues(List.of(-0.5))
        .setLowerResiduals(List.of(0.002))
        .setDensityGrid(grid)
        .setDensityValues(values)
        .setDensityWidth(0.3)
        .setCdfPoints(List.of(-0.5, 0.0, 8.25))
        .setCdfShares(List.of(0.1, 0.9, 1.0))
        .setCdfLower(List.of(0.0, 0.8, 0.9))
        .setCdfUpper(List.of(0.2, 1.0, 1.0))
        .setNExamples(50)
        .setNEvaluations(30)
        .setSeed(0)
        .setKey("key")
        .setCodeVersion(2)
        .setDurationMs(1)
        .setComputedAt(ReportFixture.NOW)
        .build();
  }

  private static Cell named(String id, double load) {
    return cell(load, 16).setCellId(id).build();
  }

  @Test
  void theFirstTrainedModelOfEachCellIsShown() throws Exception {
    SpectrumChoice choice =
        SpectrumChoice.of(
            List.of(named("a", 32), named("b", 8)),
            List.of(
                model("a", "a-second", 1, ModelStatus.TRAINED),
                model("a", "a-first", 0, ModelStatus.TRAINED),
                model("b", "b-diverged", 0, ModelStatus.DIVERGED),
                model("b", "b-trained", 7, ModelStatus.TRAINED)));
    for (String id : List.of("a-first", "a-second", "b-diverged", "b-trained", "other")) {
      choice.offer(spectrum(id));
    }

    assertThat(choice.shown())
        .extracting(SpectrumChoice.Shown::where, shown -> shown.spectrum().getModelId())
        .containsExactly(
            tuple("width 8, batch size 16", "b-trained"),
            tuple("width 32, batch size 16", "a-first"));

    String html =
        ReportFixture.report(
                plan("s", axis("width", "8", "32"), axis("batch_size", "16")), named("a", 32))
            .withSpectra(choice)
            .html();
    assertThat(html).contains("Spectra of the curvature", "<summary>width 32, batch size 16");
    assertThat(ReportFixture.markup(html))
        .doesNotContain("NaN", "Infinity", "more cells are in the table");
    String svg = SpectrumSvg.draw(choice.shown().get(0));
    assertThat(contents(svg, "title"))
        .containsExactly(
            "eigenvalue 8.2500, residual 0.0010", "eigenvalue \u22120.50000, residual 0.0020");
    assertThat(contents(svg, "text"))
        .contains(
            "eigenvalue",
            "hessian of model b-trained, 100 parameters, 50 images; smoothed by 0.30");
  }

  @Test
  void aLargeGridShowsAFewSpectraFromAllOverIt() {
    List<Cell> cells =
        DoubleStream.iterate(1, x -> x + 1).limit(14_000).mapToObj(x -> named("c" + x, x)).toList();
    List<Model> models =
        cells.stream()
            .map(cell -> model(cell.getCellId(), "m" + cell.getCellId(), 0, ModelStatus.TRAINED))
            .toList();
    SpectrumChoice choice = SpectrumChoice.of(cells, models);
    models.forEach(model -> choice.offer(spectrum(model.getModelId())));

    assertThat(choice.shown()).hasSize(SpectrumChoice.LIMIT);
    assertThat(choice.shown().get(0).where()).isEqualTo("width 1, batch size 16");
    assertThat(choice.shown().get(30).where()).isEqualTo("width 7001, batch size 16");
    assertThat(choice.unshown()).isEqualTo(14_000 - SpectrumChoice.LIMIT);
  }

  @Test
  void spectraOfAnEarlierVersionWithoutADensityAreLeftOut() {
    SpectrumChoice choice =
        SpectrumChoice.of(List.of(named("a", 8)), List.of(model("a", "m", 0, ModelStatus.TRAINED)));
    choice.offer(Spectrum.newBuilder(spectrum("m")).setDensityGrid(List.of()).build());

    assertThat(choice.shown()).isEmpty();
  }

  @Test
  void tooltipsOfTheHessianTellTheErrorOfTheMeasurement() throws Exception {
    Cell cell = cell(8, 16).setHessianTopEigenvalueError(0.75).build();
    Report report =
        ReportFixture.report(plan("s", axis("width", "8"), axis("batch_size", "16")), cell);

    assertThat(
            ReportFixture.tooltip(
                report.figures().get("hessian-top-eigenvalue"), "width 8, batch size 16"))
        .contains(
            "20.00", "measured to \u00b1 0.75 (standard error of the mean from probes and images)");
    assertThat(
            ReportFixture.tooltip(report.figures().get("hessian-trace"), "width 8, batch size 16"))
        .doesNotContain("measured to");
  }
}
