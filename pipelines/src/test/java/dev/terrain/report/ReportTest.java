package dev.terrain.report;

import static dev.terrain.report.ReportFixture.NOW;
import static dev.terrain.report.ReportFixture.axis;
import static dev.terrain.report.ReportFixture.cell;
import static dev.terrain.report.ReportFixture.cellAt;
import static dev.terrain.report.ReportFixture.contents;
import static dev.terrain.report.ReportFixture.data;
import static dev.terrain.report.ReportFixture.failure;
import static dev.terrain.report.ReportFixture.markup;
import static dev.terrain.report.ReportFixture.metric;
import static dev.terrain.report.ReportFixture.parse;
import static dev.terrain.report.ReportFixture.plan;
import static dev.terrain.report.ReportFixture.report;
import static dev.terrain.report.ReportFixture.tooltip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
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

  private final Sweep plan = plan("widths", axis("width", "8", "32"), axis("batch_size", "16"));

  @TempDir Path folder;

  @Test
  void everyFigureIsAWellFormedDocument() throws Exception {
    Report report = report(plan, cell(8, 16).build(), cell(32, 16).build());

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
    }
  }

  @Test
  void everyMetricHasAFigureAndItsValuesInThePage_headlinesMarked() throws Exception {
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
    JsonNode data = data(report.html());

    assertThat(figures.keySet())
        .containsExactly(
            "phases",
            "hessian-trace",
            "train-accuracy",
            "hessian-trace-of-fc1",
            "gradient-norm",
            "cka-debiased",
            "of-a-plugin");
    assertThat(data.at("/metrics").findValuesAsText("key"))
        .containsExactlyInAnyOrder(
            "hessian_trace",
            "train_accuracy",
            "hessian_trace:fc1",
            "gradient_norm",
            "cka/debiased",
            "of_a_plugin");
    for (JsonNode metric : data.at("/metrics")) {
      assertThat(metric.get("headline").asBoolean())
          .isEqualTo(metric.get("key").asText().equals("hessian_trace"));
    }
    JsonNode values = cellAt(data, 0, 0).get("values");
    assertThat(values.at("/cka~1debiased/0").asDouble()).isEqualTo(0.25);
    assertThat(values.at("/of_a_plugin/0").asDouble()).isEqualTo(3);
    assertThat(values.at("/hessian_trace/0").asDouble()).isCloseTo(Math.exp(2), within(1e-6));
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
  void filesOfFiguresHaveALimit_thePageHasAllMetrics() throws Exception {
    Cell cell = cell(8, 16).build();
    List<CellMetric> rows = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      rows.add(metric(cell, "metric_" + i, "default", i).build());
    }

    Report report = report(plan, cell).withMetrics(rows);

    assertThat(report.figures()).hasSize(121);
    assertThat(data(report.html()).get("metrics")).hasSize(125);
  }

  @Test
  void aPageHasNoMoreValuesThanABrowserBears_andSaysHowManyMetricsAreLeftOut() throws Exception {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      cells.add(cell(i, 16).build());
    }
    List<CellMetric> rows = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      rows.add(metric(cells.get(0), "metric_" + i, "default", i).build());
    }

    String html = report(plan, cells.toArray(Cell[]::new)).withMetrics(rows).html();

    int shown = data(html).get("metrics").size();
    assertThat(shown).isEqualTo(120);
    assertThat(markup(html)).contains("17 more metrics are in the table of cells' metrics.");
  }

  @Test
  void thePageIsWellFormedApartFromItsDoctypeAndScripts() throws Exception {
    String html = markup(report(plan, cell(8, 16).build()).html());

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

    String html = report.html();
    assertThat(html.split("<script", -1)).hasSize(4);
    assertThat(html.split("</script>", -1)).hasSize(4);
    assertThat(markup(html)).doesNotContain("alert('x')</script>").contains("&lt;script&gt;");
    JsonNode data = data(html);
    assertThat(data.get("title").asText()).isEqualTo(HOSTILE);
    assertThat(data.at("/diagrams").findValuesAsText("why")).contains(HOSTILE);
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

    assertThat(markup(html)).doesNotContainPattern("(?i)\\b(src|href|srcset|data|action)\\s*=");
    assertThat(markup(html)).doesNotContainPattern("(?i)url\\(|@import|<link|<iframe|<img");
    assertThat(Pattern.compile("<script[^>]+src").matcher(html).find()).isFalse();
    assertThat(PageScripts.own())
        .doesNotContain("http:", "https:", "fetch(", "XMLHttpRequest", "import(", "eval(");
    assertThat(markup(html))
        .containsPattern("Content-Security-Policy\" content=\"default-src 'none'[^\"]*\"");
  }

  @Test
  void thePageHoldsTheLibraryOfItsChartsWithItsLicence_andStaysBelowTwoMegabytes() {
    String html = report(plan, cell(8, 16).build()).html();

    assertThat(html.length()).isBetween(1_000_000, 2_000_000);
    assertThat(html.contains("Licensed to the Apache Software Foundation")).isTrue();
    assertThat(markup(html))
        .containsPattern("\\d+\\.\\d+ kB of data, and Apache ECharts 5.5.0")
        .contains("(1.03 MB)");
    for (String script : List.of(PageScripts.charts(), PageScripts.own())) {
      assertThat(script.contains("</script") || script.contains("<!--")).isFalse();
    }
  }

  @Test
  void theDataOfThePageAreThoseOfTheRows() throws Exception {
    Cell hot = cell(8, 16).setCellId("hot").setNDiverged(1).build();
    Cell cold = cell(32, 256).setPhase(null).setPhaseConfidence(null).setCkaMean(null).build();

    JsonNode data = data(report(plan, hot, cold).html());

    assertThat(data.at("/axes/load").toString())
        .isEqualTo("{\"setting\":\"width\",\"values\":[8.0,32.0],\"rises\":false}");
    assertThat(data.at("/axes/temperature/values").toString()).isEqualTo("[16.0,256.0]");
    assertThat(data.get("phases").findValuesAsText("label"))
        .containsExactly("I", "II", "III", "IV-A", "IV-B");
    JsonNode here = cellAt(data, 0, 0);
    assertThat(here.get("id").asText()).isEqualTo("hot");
    assertThat(here.get("phase").asText()).isEqualTo("IV-B");
    assertThat(here.get("probability").asDouble()).isEqualTo(0.97);
    assertThat(here.get("why").asText()).isEqualTo("train_loss 0.002 < 0.01");
    assertThat(here.get("diverged").asInt()).isEqualTo(1);
    assertThat(here.at("/values/train_loss").toString()).isEqualTo("[0.002,1.0E-4,3,null,3]");
    assertThat(here.at("/values/test_accuracy/0").asDouble()).isEqualTo(80.8);
    assertThat(here.at("/links/0/text").asText()).isEqualTo("terrain show hot");
    JsonNode there = cellAt(data, 1, 1);
    assertThat(there.has("phase")).isFalse();
    assertThat(there.get("values").has("cka")).isFalse();
  }

  @Test
  void sentencesTellWhatTheMapsShow() throws Exception {
    JsonNode data =
        data(
            report(
                    plan,
                    cell(8, 16).setPhase("III").setPhaseConfidence(0.5).build(),
                    cell(32, 16).build())
                .html());

    assertThat(data.get("sentence").asText())
        .isEqualTo(
            "1 cell in phase III, 1 in IV-B; the best test accuracy, 83.2 %, is at width 32,"
                + " batch size 16, in phase IV-B.");
    assertThat(data.at("/diagrams/0/sentence").asText())
        .isEqualTo("1 cell in phase III, 1 in IV-B; 1 with a probability below 80 %.");
    assertThat(data.at("/diagrams/0/sentences/test_accuracy").asText())
        .isEqualTo(
            "From 80.8 % (width 8, batch size 16) to 83.2 % (width 32, batch size 16); mean by"
                + " phase: III 80.8, IV-B 83.2.");
    assertThat(data.at("/diagrams/0/sentences/cka").asText())
        .isEqualTo("0.70 in all 2 cells; mean by phase: III 0.70, IV-B 0.70.");
  }

  @Test
  void noUndefinedNumberIsEverPrinted() throws Exception {
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
      String html = report.html();
      assertThat(markup(html)).doesNotContain("NaN", "Infinity", "∞", "null");
      assertThat(data(html).toString()).doesNotContain("NaN", "Infinity");
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
    assertThat(report.html()).contains("0 of 2 planned", "No cell has been measured yet.");
  }

  @Test
  void eachSliceIsADiagram_theirSettingsAreSlidersInTheOrderOfTheValues() throws Exception {
    JsonNode data =
        data(
            report(
                    plan(
                        "s",
                        axis("width", "8"),
                        axis("batch_size", "16"),
                        axis("depth", "10", "2")),
                    cell(8, 16).setSlice("depth=10, dataset=digits").build(),
                    cell(8, 16).setSlice("depth=2, dataset=digits").build())
                .html());

    assertThat(data.get("further").toString())
        .isEqualTo(
            "[{\"setting\":\"depth\",\"values\":[\"2\",\"10\"]},"
                + "{\"setting\":\"dataset\",\"values\":[\"digits\"]}]");
    assertThat(data.at("/diagrams/0/at/depth").asText()).isEqualTo("2");
    assertThat(data.at("/diagrams/1/at/depth").asText()).isEqualTo("10");
  }

  @Test
  void aLaterRevisionOfACellReplacesAnEarlierOne() throws Exception {
    Report report =
        report(
            plan,
            cell(8, 16).setRevision(2).setPhase("I").build(),
            cell(8, 16).setRevision(1).setPhase("II").build());

    assertThat(report.figures().get("phases")).contains("phase I (").doesNotContain("phase II (");
    JsonNode data = data(report.html());
    assertThat(data.at("/diagrams/0/cells").findValuesAsText("phase")).containsExactly("I");
    assertThat(data.get("sentence").asText()).startsWith("1 cell in phase I;");
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
