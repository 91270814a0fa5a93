package dev.terrain.report;

import static dev.terrain.report.ReportFixture.NOW;
import static dev.terrain.report.ReportFixture.axis;
import static dev.terrain.report.ReportFixture.cell;
import static dev.terrain.report.ReportFixture.contents;
import static dev.terrain.report.ReportFixture.failure;
import static dev.terrain.report.ReportFixture.metric;
import static dev.terrain.report.ReportFixture.parse;
import static dev.terrain.report.ReportFixture.plan;
import static dev.terrain.report.ReportFixture.report;
import static dev.terrain.report.ReportFixture.tooltip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final String HOSTILE = "<script>alert('x')</script>\"&\u0001";
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  private final Sweep plan = plan("widths", axis("width", "8", "32"), axis("batch_size", "16"));

  @TempDir Path folder;

  @Test
  void everyFigureIsAWellFormedDocumentAndStandsInThePage() throws Exception {
    Report report = report(plan, cell(8, 16).build(), cell(32, 16).build());
    String html = report.html();

    Map<String, String> figures = report.figures();

    assertThat(figures.keySet())
        .containsExactly(
            "phases",
            "train-loss",
            "test-accuracy",
            "hessian-top-eigenvalue",
            "hessian-trace",
            "mode-connectivity",
            "cka",
            "l2-distance");
    for (String svg : figures.values()) {
      assertThat(parse(svg).getDocumentElement().getNamespaceURI()).isNull();
      assertThat(parse(svg).getDocumentElement().getAttribute("xmlns"))
          .isEqualTo("http://www.w3.org/2000/svg");
      assertThat(html).contains(svg);
    }
  }

  @Test
  void everyMetricHasAHeatMap_thoseThatAreNoHeadlinesFoldedByStage() throws Exception {
    Cell cell = cell(8, 16).build();
    Report report =
        report(plan, cell)
            .withMetrics(
                List.of(
                    metric(cell, "of_a_plugin", "default", 3).build(),
                    metric(cell, "train_accuracy", "default", 99).build(),
                    metric(cell, "hessian_trace", "default", 7).setParameters("fc1").build(),
                    metric(cell, "cka", "debiased", 0.25).setUnit("1").build(),
                    metric(cell, "hessian_trace", "default", Math.exp(2)).build(),
                    metric(cell, "gradient_norm", "default", 0.5).build()));

    Map<String, String> figures = report.figures();

    assertThat(figures.keySet())
        .containsExactly(
            "phases",
            "hessian-trace",
            "train-accuracy",
            "hessian-trace-of-fc1",
            "gradient-norm",
            "cka-debiased",
            "of-a-plugin");
    assertThat(report.html())
        .containsSubsequence(
            "<figure class=\"main\">",
            figures.get("hessian-trace"),
            "<details class=\"further\"><summary>train, 1 more metric</summary>",
            figures.get("train-accuracy"),
            "<summary>curvature, 2 more metrics</summary>",
            figures.get("hessian-trace-of-fc1"),
            "<figcaption>tr A",
            "<summary>similarity, 1 more metric</summary>",
            "<summary>other stages, 1 more metric</summary>",
            figures.get("of-a-plugin"));
    assertThat(contents(figures.get("hessian-trace-of-fc1"), "text"))
        .contains("ln Hessian trace (fc1)");
    assertThat(contents(figures.get("cka-debiased"), "text"))
        .contains("CKA similarity (debiased)", "0.25");
    assertThat(contents(figures.get("gradient-norm"), "text"))
        .contains("nats, logarithmic colours, lower is better · 3 seeds");
    assertThat(contents(figures.get("of-a-plugin"), "text")).contains("of a plugin");
  }

  @Test
  void aMetricThatACellHasNoValueOf_saysWhy() throws Exception {
    Cell cell = cell(8, 16).build();
    Cell other = cell(32, 16).build();
    String svg =
        report(plan, cell, other)
            .withMetrics(
                List.of(
                    metric(cell, "gradient_norm", "default", 0.5).build(),
                    metric(other, "gradient_norm", "default", 0)
                        .setN(0)
                        .setMean(null)
                        .setReason("none of 3 has a value: why")
                        .build()))
            .figures()
            .get("gradient-norm");

    assertThat(tooltip(svg, "width 32, batch size 16"))
        .contains("Gradient norm: no value (none of 3 has a value: why)");
    assertThat(tooltip(svg, "width 8, batch size 16"))
        .contains("Gradient norm: 0.5000 (3 models, no sd)");
  }

  @Test
  void aPageHasNoMoreFiguresThanABrowserBears_andSaysSo() {
    Cell cell = cell(8, 16).build();
    List<CellMetric> rows = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      rows.add(metric(cell, "metric_" + i, "default", i).build());
    }

    Report report = report(plan, cell).withMetrics(rows);

    assertThat(report.figures()).hasSize(121);
    assertThat(report.html()).contains("5 more metrics are in the table of cells' metrics.");
  }

  @Test
  void thePageIsWellFormedApartFromItsDoctype() throws Exception {
    String html = report(plan, cell(8, 16).build()).html();

    assertThat(html).startsWith("<!DOCTYPE html>");
    assertThat(
            parse(html.substring(html.indexOf("<html")))
                .getElementsByTagName("h1")
                .item(0)
                .getTextContent())
        .isEqualTo("widths");
  }

  @Test
  void hostileTextIsShownAndNeverRun() throws Exception {
    Cell cell = cell(8, 16).setSlice("name=" + HOSTILE).setPhaseReason(HOSTILE).build();
    Report report =
        Report.of(
            plan(HOSTILE, axis("width", "8"), axis("batch_size", "16")),
            List.of(cell, cell(8, 16).build()),
            List.of(),
            List.of(failure(HOSTILE)),
            List.of(failed(HOSTILE)),
            NOW);

    assertThat(report.html()).doesNotContain("<script").contains("&lt;script&gt;");
    for (Map.Entry<String, String> figure : report.figures().entrySet()) {
      parse(figure.getValue());
      assertThat(figure.getKey()).matches("[a-z0-9.-]+");
    }
  }

  private static CheckResult failed(String outside) {
    return CheckResult.newBuilder()
        .setCheck(
            Check.newBuilder()
                .setCheck("range")
                .setMetric("train_loss")
                .setBetween(List.of(0.0, 2.5))
                .setShare(0.75)
                .build())
        .setHeld(false)
        .setExamined(8)
        .setInside(5)
        .setOutside(List.of(outside))
        .build();
  }

  @Test
  void checksAreShownWithWhatLiesOutside() {
    String html =
        Report.of(
                plan("p", axis("width", "8"), axis("batch_size", "16")),
                List.of(cell(8, 16).build()),
                List.of(),
                List.of(),
                List.of(failed("train_loss of model 12: 3.0")),
                NOW)
            .html();

    assertThat(html)
        .contains(
            "<td class=\"failed\">failed</td><td>range of train_loss</td><td>[0, 2.5] for 75 %</td>"
                + "<td>5 of 8</td><td>train_loss of model 12: 3.0</td>");
  }

  @Test
  void thePageLoadsNothing() {
    String html =
        Report.of(
                plan,
                List.of(cell(8, 16).build()),
                List.of(),
                List.of(failure("x")),
                List.of(),
                NOW)
            .html();

    assertThat(html).doesNotContainPattern("(?i)\\b(src|href|srcset|data|action)\\s*=");
    assertThat(html).doesNotContainPattern("(?i)url\\(|@import|<script|<link|<iframe");
  }

  @Test
  void noUndefinedNumberIsEverPrinted() {
    Cell undefined =
        cell(8, 16)
            .setTrainLossMean(Double.POSITIVE_INFINITY)
            .setTestAccuracyMean(Double.NaN)
            .setHessianTraceMean(0.0)
            .setHessianTopEigenvalueMean(Double.NaN)
            .setCkaMean(Double.NaN)
            .setCkaStd(Double.NaN)
            .setModeConnectivityMean(-0.0)
            .setPhaseConfidence(null)
            .build();

    for (Report report :
        List.of(report(plan, undefined), report(plan, undefined, cell(32, 16).build()))) {
      assertThat(report.html()).doesNotContain("NaN", "Infinity", "∞", "null");
    }
  }

  @Test
  void theHeaderCountsCellsSeedsAndFailuresAndNamesTheThresholds() {
    String html =
        Report.of(
                plan,
                List.of(cell(8, 16).build()),
                List.of(),
                List.of(failure("boom")),
                List.of(),
                NOW)
            .html();

    assertThat(html)
        .contains(
            "1 March 2026, 12:30 UTC",
            "1 of 2 planned",
            "0, 1, 2",
            "mean training loss &lt; 0.01 nats",
            "IllegalStateException: boom",
            "NeurIPS 2021");
  }

  @Test
  void aStudyWithoutCellsIsAGridOfCellsThatAreNotMeasured() {
    Report report = report(plan);

    assertThat(report.figures()).containsOnlyKeys("phases");
    assertThat(report.html()).contains("0 of 2 planned", "not measured");
  }

  @Test
  void eachSliceHasItsOwnDiagramsInTheOrderOfItsValues() {
    String html =
        report(
                plan("s", axis("width", "8"), axis("batch_size", "16"), axis("depth", "10", "2")),
                cell(8, 16).setSlice("depth=10").build(),
                cell(8, 16).setSlice("depth=2").build())
            .html();

    assertThat(html.indexOf("<h2>depth=2</h2>"))
        .isPositive()
        .isLessThan(html.indexOf("<h2>depth=10</h2>"));
    assertThat(SVG.matcher(html).results().count()).isEqualTo(16);
  }

  @Test
  void aLaterRevisionOfACellReplacesAnEarlierOne() {
    Report report =
        report(
            plan,
            cell(8, 16).setRevision(2).setPhase("I").build(),
            cell(8, 16).setRevision(1).setPhase("II").build());

    assertThat(report.figures().get("phases")).contains("phase I (").doesNotContain("phase II (");
  }

  @Test
  void writingReplacesTheFileAndLeavesNothingElse() throws IOException {
    Report report = report(plan, cell(8, 16).build());
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");

    report.write(file);

    assertThat(file).hasContent(report.html());
    assertThat(folder).isDirectoryContaining("glob:**report.html");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
