package dev.terrain.report;

import static dev.terrain.report.ReportFixture.axis;
import static dev.terrain.report.ReportFixture.cell;
import static dev.terrain.report.ReportFixture.cellAt;
import static dev.terrain.report.ReportFixture.data;
import static dev.terrain.report.ReportFixture.markup;
import static dev.terrain.report.ReportFixture.plan;
import static dev.terrain.report.ReportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terrain.report.Findings.Advice;
import dev.terrain.report.Findings.Boundary;
import dev.terrain.report.Findings.Descent;
import dev.terrain.report.Findings.Diagnosis;
import dev.terrain.report.Findings.Estimate;
import dev.terrain.report.Findings.OfCell;
import dev.terrain.report.Findings.OfDiagram;
import dev.terrain.report.Findings.Point;
import dev.terrain.report.Findings.Score;
import dev.terrain.report.Findings.Suggestion;
import dev.terrain.report.Findings.Trend;
import dev.terrain.report.Findings.Trends;
import dev.terrain.report.Findings.TriplePoint;
import dev.terrain.report.Findings.Verdict;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FindingsTest {
  private final Sweep plan = plan("widths", axis("width", "8", "32"), axis("batch_size", "16"));
  private final Cell cell = cell(8, 16).setCellId("a").build();

  private static Findings of(Map<String, OfDiagram> diagrams, Map<String, OfCell> cells) {
    return new Findings(
        "One sentence.",
        List.of("The loss has a gap."),
        diagrams,
        cells,
        new Trends(
            "Similarity tells most.",
            List.of(
                new Trend(
                    "cka",
                    "all",
                    169,
                    new Estimate(0.771, 0.7, 0.83),
                    new Estimate(0.6, null, null),
                    null,
                    "too few cells"))),
        List.of(new Descent("width", "batch size 16", 2.8, null, "A dip.", List.of("a"))),
        List.of(new Verdict("C1", "Best in IV-B.", "supported", "87.8 %", List.of("a"))),
        new Diagnosis("Right in 94 %.", List.of(new Score("phase rule", 0.94, 1560))),
        new Suggestion("Measure here.", "terrain suggest widths", List.of()));
  }

  @Test
  void whatWasFoundOutStandsInThePage() throws Exception {
    Findings findings =
        of(
            Map.of(
                "",
                new OfDiagram(
                    "Two phases.",
                    List.of(
                        new Boundary(
                            "Hessian transition",
                            false,
                            List.of(List.of(new Point(0, 0.5), new Point(1.25, 0))),
                            List.of(),
                            null,
                            "found"),
                        new Boundary(
                            "crossover", true, List.of(), List.of(), "noise", "not found")),
                    new TriplePoint(1, 2, 0.5, 1.5, 1.5, 2.5, "here"),
                    Map.of("cka", "Rises with width."))),
            Map.of(
                "a",
                new OfCell(
                    Map.of("III", 0.25, "IV-B", 0.75),
                    Map.of("Hessian transition", 1.2),
                    new Advice("Turn it.", "hotter", 1.5, "18 of 20", "colder"))));

    String html = report(plan, cell).withFindings(findings).html();
    JsonNode data = data(html);

    assertThat(data.get("sentence").asText()).isEqualTo("One sentence.");
    assertThat(markup(html)).contains("One sentence.", "The loss has a gap.");
    assertThat(data.at("/diagrams/0/sentence").asText()).isEqualTo("Two phases.");
    assertThat(data.at("/diagrams/0/boundaries/0/lines").toString())
        .isEqualTo("[[[0.0,0.5],[1.25,0.0]]]");
    assertThat(data.at("/diagrams/0/boundaries/1/none").asText()).isEqualTo("noise");
    assertThat(data.at("/diagrams/0/triple/highY").asDouble()).isEqualTo(2.5);
    assertThat(data.at("/diagrams/0/sentences/cka").asText()).isEqualTo("Rises with width.");
    assertThat(data.at("/diagrams/0/sentences/train_loss").asText()).startsWith("0.002");
    JsonNode here = cellAt(data, 0, 0);
    assertThat(here.at("/probabilities/III").asDouble()).isEqualTo(0.25);
    assertThat(here.at("/distances/Hessian transition").asDouble()).isEqualTo(1.2);
    assertThat(here.at("/advice/direction").asText()).isEqualTo("hotter");
    assertThat(data.at("/trends/rows/0/spearman/high").asDouble()).isEqualTo(0.83);
    assertThat(data.at("/trends/rows/0/conditional").isNull()).isTrue();
    assertThat(data.at("/descents/0/size").asDouble()).isEqualTo(2.8);
    assertThat(data.at("/verdicts/0/verdict").asText()).isEqualTo("supported");
    assertThat(data.at("/diagnosis/scores/0/n").asInt()).isEqualTo(1560);
    assertThat(data.at("/suggestion/command").asText()).isEqualTo("terrain suggest widths");
  }

  @Test
  void aProbabilityThatWasFoundOutCountsMoreThanTheConfidenceOfTheTable() throws Exception {
    Findings findings = of(Map.of(), Map.of("a", new OfCell(Map.of("IV-B", 0.75), Map.of(), null)));

    JsonNode found = data(report(plan, cell).withFindings(findings).html());
    JsonNode plain = data(report(plan, cell).html());

    assertThat(cellAt(found, 0, 0).get("probability").asDouble()).isEqualTo(0.75);
    assertThat(cellAt(plain, 0, 0).get("probability").asDouble()).isEqualTo(0.97);
  }

  @Test
  void withoutFindingsThePageLeavesThemOut() throws Exception {
    JsonNode data = data(report(plan, cell).html());

    assertThat(data.fieldNames())
        .toIterable()
        .doesNotContain("trends", "descents", "verdicts", "diagnosis", "suggestion", "against");
    assertThat(data.at("/diagrams/0").has("boundaries")).isFalse();
  }

  @Test
  void anImportedGridTellsItsOriginInsteadOfSettingsAndProvenance() {
    String html =
        report(plan, cell)
            .withOrigin(
                new Origin(
                    "grid.csv", List.of("test_acc times 100"), List.of("mixed"), false, false))
            .html();

    assertThat(markup(html))
        .contains("<h2>Origin</h2>", "grid.csv", "test_acc times 100", "mixed")
        .doesNotContain("Provenance", "Settings shared by all models");
  }

  @Test
  void anImportedGridHasItsOwnDirectionsAndNoRecordsToShow() throws Exception {
    JsonNode data =
        data(
            report(plan, cell)
                .withOrigin(new Origin("grid.csv", List.of(), List.of(), true, true))
                .html());

    assertThat(data.at("/axes/load/rises").asBoolean()).isTrue();
    assertThat(data.at("/axes/temperature/rises").asBoolean()).isTrue();
    assertThat(data.at("/diagrams/0/cells/0/links/0/text").asText())
        .startsWith("terrain diagnose ");
  }

  @Test
  void anotherStudyStandsBesideThisOneWithItsOwnAxes() throws Exception {
    Report other =
        report(
            plan("other", axis("width", "32", "64"), axis("batch_size", "16")),
            cell(64, 16).setTestAccuracyMean(50.0).build());

    JsonNode data = data(report(plan, cell).withAgainst("the old one", other).html());

    assertThat(data.at("/against/title").asText()).isEqualTo("the old one");
    assertThat(data.at("/against/axes/load/values").toString()).isEqualTo("[32.0,64.0]");
    assertThat(data.at("/against/diagrams/0/cells/0/values/test_accuracy/0").asDouble())
        .isEqualTo(50);
    assertThat(data.at("/diagrams/0/cells")).hasSize(1);
  }
}
