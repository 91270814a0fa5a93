package dev.terrain.report;

import static dev.terrain.report.ReportFixture.axis;
import static dev.terrain.report.ReportFixture.cell;
import static dev.terrain.report.ReportFixture.contents;
import static dev.terrain.report.ReportFixture.fill;
import static dev.terrain.report.ReportFixture.place;
import static dev.terrain.report.ReportFixture.plan;
import static dev.terrain.report.ReportFixture.report;
import static dev.terrain.report.ReportFixture.texts;
import static dev.terrain.report.ReportFixture.tooltip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.Sweep;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanelsTest {

  private final Sweep plan =
      plan("sweep", axis("width", "32", "8"), axis("batch_size", "256", "16"));

  @Test
  void smallWidthIsAtTheLeftAndSmallBatchAtTheTop() throws Exception {
    String svg = report(plan, cell(8, 16).build()).figures().get("test-accuracy");

    assertThat(texts(svg, "text-anchor", "end")).containsExactly("16", "256");
    assertThat(contents(svg, "title").stream().map(title -> title.lines().findFirst().orElse("")))
        .containsExactly(
            "width 8, batch size 16",
            "width 32, batch size 16",
            "width 8, batch size 256",
            "width 32, batch size 256");
    assertThat(contents(svg, "text"))
        .contains("width (load: small = high)", "batch size (temperature: small = hot)");
  }

  @Test
  void aLargeLearningRateIsHotAndMuchLabelNoiseIsHighLoad() throws Exception {
    Sweep other =
        plan("sweep", axis("label_noise", "0", "0.1"), axis("learning_rate", "0.01", "0.4"));

    String svg = report(other, cell(0.1, 0.4).build()).figures().get("test-accuracy");

    assertThat(contents(svg, "title").get(0))
        .startsWith("label noise 0.1, learning rate 0.4\nTest");
    assertThat(texts(svg, "text-anchor", "end")).containsExactly("0.4", "0.01");
    assertThat(contents(svg, "text"))
        .contains("label noise (load: large = high)", "learning rate (temperature: large = hot)");
  }

  @Test
  void aPlannedCellWithoutARowIsMarkedAsNotMeasured() throws Exception {
    String complete =
        report(
                plan,
                cell(8, 16).build(),
                cell(32, 16).build(),
                cell(8, 256).build(),
                cell(32, 256).build())
            .figures()
            .get("phases");
    String svg = report(plan, cell(8, 16).build()).figures().get("phases");

    assertThat(tooltip(svg, "width 32, batch size 256")).endsWith("not measured");
    assertThat(texts(svg, "font-size", "11.5")).contains("not measured");
    assertThat(contents(complete, "text")).doesNotContain("not measured");
  }

  @Test
  void aMetricThatWasNotMeasuredInACellIsMarkedThereAndHasNoPanelIfNowhere() throws Exception {
    Map<String, String> figures =
        report(
                plan,
                cell(8, 16).setCkaMean(null).setL2DistanceMean(null).build(),
                cell(32, 16).setL2DistanceMean(null).build())
            .figures();

    assertThat(tooltip(figures.get("cka"), "width 8, batch size 16")).contains("not measured");
    assertThat(figures).doesNotContainKey("l2-distance");
  }

  @Test
  void divergedCellsAreMarkedAndSoAreThoseThatLostSomeModels() throws Exception {
    String svg =
        report(
                plan,
                place(8, 16).setNModels(0).setNDiverged(3).build(),
                cell(32, 16).setNDiverged(1).build())
            .figures()
            .get("train-loss");

    assertThat(contents(svg, "text"))
        .contains("all models diverged", "some models diverged and are left out");
    assertThat(tooltip(svg, "width 8, batch size 16")).contains("all models diverged");
    assertThat(tooltip(svg, "width 32, batch size 16")).contains("1 diverged, left out");
  }

  @Test
  void aTraceIsChartedByItsNaturalLogarithmAndANegativeOneIsMarkedWithItsValue() throws Exception {
    String svg =
        report(plan, cell(8, 16).build(), cell(32, 16).setHessianTraceMean(-3.25).build())
            .figures()
            .get("hessian-trace");

    assertThat(contents(svg, "text")).contains("5.25", "≤ 0", "mean not above 0: no logarithm");
    assertThat(tooltip(svg, "width 32, batch size 16")).contains("−3.25");
    assertThat(tooltip(svg, "width 8, batch size 16")).contains("5.25, of the mean 190.6");
  }

  @Test
  void aTooltipTellsMeanDeviationSampleAndReason() throws Exception {
    String svg = report(plan, cell(8, 16).build()).figures().get("test-accuracy");

    assertThat(tooltip(svg, "width 8, batch size 16"))
        .isEqualTo(
            """
            width 8, batch size 16
            Test accuracy: 80.80 ± 0.50 (sd; 3 models)
            phase IV-B (generalizing), confidence 97 %: train_loss 0.002 < 0.01\
            """);
  }

  @Test
  void zeroModeConnectivityIsNeutralAndOppositeValuesAreOppositeColours() throws Exception {
    String svg =
        report(
                plan,
                cell(8, 16).setModeConnectivityMean(-8.0).build(),
                cell(32, 16).setModeConnectivityMean(8.0).build(),
                cell(8, 256).setModeConnectivityMean(0.0).build())
            .figures()
            .get("mode-connectivity");

    assertThat(fill(svg, "width 8, batch size 16")).isEqualTo(ColourMap.DIVERGING.at(0).hex());
    assertThat(fill(svg, "width 32, batch size 16")).isEqualTo(ColourMap.DIVERGING.at(1).hex());
    assertThat(fill(svg, "width 8, batch size 256")).isEqualTo("#f7f7f7");
  }

  @Test
  void aPhaseIsPaleWhereItIsUncertain() throws Exception {
    String svg =
        report(
                plan,
                cell(8, 16).setPhaseConfidence(1.0).build(),
                cell(32, 16).setPhaseConfidence(0.5).build(),
                cell(8, 256).setPhase(null).setPhaseConfidence(null).build())
            .figures()
            .get("phases");

    assertThat(fill(svg, "width 8, batch size 16")).isEqualTo("#1f6aa5");
    assertThat(fill(svg, "width 32, batch size 16")).isNotEqualTo("#1f6aa5");
    assertThat(contents(svg, "text")).contains("100%", "50%", "?", "phase cannot be told");
  }

  @Test
  void aPhaseWithoutConfidenceIsPaleAndSaysWhy() throws Exception {
    String svg =
        report(
                plan,
                cell(8, 16).setPhaseConfidence(0.0).build(),
                cell(32, 16)
                    .setPhaseConfidence(null)
                    .setPhaseConfidenceReason("mode_connectivity of 1")
                    .build())
            .figures()
            .get("phases");

    assertThat(fill(svg, "width 32, batch size 16")).isEqualTo(fill(svg, "width 8, batch size 16"));
    assertThat(contents(svg, "text")).contains("unsure");
    assertThat(tooltip(svg, "width 32, batch size 16"))
        .endsWith(
            "phase IV-B (generalizing), no confidence (mode_connectivity of 1):"
                + " train_loss 0.002 < 0.01");
  }

  @Test
  void aMeanOverSomeOfThePairsSaysOfHowMany() throws Exception {
    Map<String, String> figures =
        report(plan, cell(8, 16).setNCka(1).build(), cell(32, 16).setNCka(3).build()).figures();

    assertThat(tooltip(figures.get("cka"), "width 8, batch size 16"))
        .contains("CKA similarity: 0.7000 (1 of 3 pairs, no sd)");
    assertThat(tooltip(figures.get("cka"), "width 32, batch size 16"))
        .contains("CKA similarity: 0.7000 (3 pairs, no sd)");
  }

  @Test
  void phasesArePartedByLinesAndTheCrossoverIsDashed() {
    String sharp =
        report(plan, cell(8, 16).setPhase("III").build(), cell(32, 16).build())
            .figures()
            .get("cka");
    String smooth =
        report(plan, cell(8, 16).setPhase("IV-A").build(), cell(32, 16).build())
            .figures()
            .get("cka");
    String none = report(plan, cell(8, 16).build(), cell(32, 16).build()).figures().get("cka");

    assertThat(sharp).contains("stroke-dasharray=\"none\"").doesNotContain("\"4 3\"");
    assertThat(smooth)
        .contains("stroke-dasharray=\"4 3\"")
        .doesNotContain("stroke-dasharray=\"none\"");
    assertThat(none).doesNotContain("stroke-dasharray");
  }

  @Test
  void colourLimitsAreSharedByAllSlices() throws Exception {
    Map<String, String> figures =
        report(
                plan(
                    "sweep",
                    axis("width", "8"),
                    axis("batch_size", "16"),
                    axis("depth", "2", "10")),
                cell(8, 16).setSlice("depth=10").setCkaMean(0.9).build(),
                cell(8, 16).setSlice("depth=2").setCkaMean(0.3).build())
            .figures();

    String place = "width 8, batch size 16";
    assertThat(fill(figures.get("slice-1-depth-2-cka"), place)).isEqualTo("#440154");
    assertThat(fill(figures.get("slice-2-depth-10-cka"), place)).isEqualTo("#fde725");
  }
}
