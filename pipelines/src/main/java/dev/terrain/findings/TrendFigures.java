package dev.terrain.findings;

import dev.terrain.report.Findings;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Along;
import dev.terrain.taxonomy.trend.CellGroup;
import dev.terrain.taxonomy.trend.Dip;
import dev.terrain.taxonomy.trend.DoubleDescent;
import dev.terrain.taxonomy.trend.Estimate;
import dev.terrain.taxonomy.trend.Interval;
import dev.terrain.taxonomy.trend.MetricTrend;
import dev.terrain.taxonomy.trend.Trends;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Trends and double descents of all diagrams as a page lists them. */
final class TrendFigures {
  private TrendFigures() {}

  /**
   * Correlations: over all cells also where there are none, over groups of cells where there are.
   */
  static Findings.Trends trends(List<PhasedDiagram> diagrams) {
    List<Findings.Trend> rows = new ArrayList<>();
    List<MetricTrend> all = new ArrayList<>();
    for (PhasedDiagram diagram : diagrams) {
      String slice = diagrams.size() == 1 ? "" : ", " + diagram.diagram().name();
      for (MetricTrend trend : Trends.of(diagram)) {
        if (trend.group() == CellGroup.ALL) {
          all.add(trend);
        }
        if (trend.group() == CellGroup.ALL || trend.spearman().value() != null) {
          rows.add(trend(trend, slice));
        }
      }
    }
    return new Findings.Trends(sentence(all), rows);
  }

  private static Findings.Trend trend(MetricTrend trend, String slice) {
    String reason =
        Optional.ofNullable(trend.spearman().reason()).orElse(trend.conditional().reason());
    return new Findings.Trend(
        trend.quantity(),
        trend.group().label() + slice,
        trend.cells(),
        estimate(trend.spearman()),
        estimate(trend.kendall()),
        estimate(trend.conditional()),
        reason);
  }

  private static Findings.Estimate estimate(Estimate estimate) {
    Interval interval = estimate.interval();
    return estimate.value() == null
        ? null
        : new Findings.Estimate(
            estimate.value(),
            interval == null ? null : interval.low(),
            interval == null ? null : interval.high());
  }

  private static String sentence(List<MetricTrend> all) {
    String strongest =
        all.stream()
            .filter(trend -> trend.spearman().value() != null)
            .filter(trend -> !trend.quantity().equals("test_loss"))
            .max(Comparator.comparingDouble(trend -> Math.abs(trend.spearman().value())))
            .map(
                trend ->
                    String.format(
                        Locale.ROOT,
                        "Of all cells test accuracy goes most closely with %s (Spearman %.3f, n = %d). ",
                        trend.quantity(),
                        trend.spearman().value(),
                        trend.cells()))
            .orElse("How test accuracy goes with the metrics cannot be told from these cells. ");
    return strongest
        + "The conditional correlation is that of the ranks of metric and accuracy after a linear"
        + " regression of both on the ranks of load and temperature; other controls give other"
        + " numbers. Intervals: 95 percent of bootstrap resamples of the cells.";
  }

  /** The dips that noise does not explain, the deepest first. */
  static List<Findings.Descent> descents(List<PhasedDiagram> diagrams) {
    List<Findings.Descent> descents = new ArrayList<>();
    for (PhasedDiagram diagram : diagrams) {
      for (Along along : Along.values()) {
        DoubleDescent.of(diagram.diagram(), along)
            .beyondNoise()
            .forEach(dip -> descents.add(descent(diagram, dip)));
      }
    }
    descents.sort(Comparator.comparingDouble(Findings.Descent::size).reversed());
    return descents;
  }

  private static Findings.Descent descent(PhasedDiagram diagram, Dip dip) {
    String slice = diagram.diagram().name();
    String axis = dip.along().axis(diagram.diagram()).setting();
    String at =
        dip.along().held(diagram.diagram()).setting()
            + " "
            + CellCondition.number(dip.held())
            + (slice.isEmpty() ? "" : ", " + slice);
    return new Findings.Descent(
        axis,
        at,
        dip.size(),
        dip.noise().points(),
        String.format(
            Locale.ROOT,
            "At %s test accuracy goes from %.1f (%s %s) down to %.1f (%s) and up to %.1f (%s): a dip of %.1f points; %s",
            at,
            dip.before().mean("test_accuracy"),
            axis,
            CellCondition.number(dip.along().value(dip.before())),
            dip.bottom().mean("test_accuracy"),
            CellCondition.number(dip.along().value(dip.bottom())),
            dip.after().mean("test_accuracy"),
            CellCondition.number(dip.along().value(dip.after())),
            dip.size(),
            dip.noise().isFromErrors()
                ? String.format(Locale.ROOT, "seed noise alone reaches %.1f.", dip.noise().points())
                : String.format(
                    Locale.ROOT,
                    "the noise of the seeds is not known, %.1f points are asked for.",
                    dip.noise().points())),
        List.of(dip.before().id(), dip.bottom().id(), dip.after().id()));
  }
}
