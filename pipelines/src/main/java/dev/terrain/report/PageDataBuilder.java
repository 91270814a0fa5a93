package dev.terrain.report;

import dev.terrain.report.PageData.MetricStyle;
import dev.terrain.report.PageData.Palettes;
import dev.terrain.report.PageData.PhaseStyle;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.v1.Cell;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what the scripts of a page know of a study. */
final class PageDataBuilder {
  /** Values on a page at most, so that a browser still opens it at once. */
  private static final int VALUES = 240_000;

  private final Report report;
  private final List<Metric> metrics;
  private final List<DiagramData> diagrams;
  private final Diagrams assembly;

  PageDataBuilder(Report report) {
    this.report = report;
    this.metrics = listed(report.values().metrics(), report.cells().size());
    this.assembly =
        new Diagrams(
            report.plan(),
            report.cells(),
            report.values(),
            metrics,
            report.models(),
            report.findings(),
            Diagrams.anchors(report.spectra().shown()),
            report.directions(),
            report.origin().isPresent());
    this.diagrams = assembly.all(report.grids());
  }

  /** All headlines, and as many others as fit. */
  private static List<Metric> listed(List<Metric> metrics, int cells) {
    List<Metric> headlines = metrics.stream().filter(Metric::isHeadline).toList();
    List<Metric> further = metrics.stream().filter(metric -> !metric.isHeadline()).toList();
    int room = Math.max(VALUES / Math.max(cells, 1) - headlines.size(), 0);
    List<Metric> shown = further.subList(0, Math.min(room, further.size()));
    return metrics.stream()
        .filter(metric -> metric.isHeadline() || shown.contains(metric))
        .toList();
  }

  /** Everything, with the study that is held beside this one. */
  PageData study(String generated) {
    Findings findings = report.findings();
    return new PageData(
        report.plan().getName(),
        generated,
        sentence(),
        assembly.axes(),
        Diagrams.further(diagrams),
        Arrays.stream(Phase.values()).map(PageDataBuilder::style).toList(),
        new Palettes(hex(ColourMap.SEQUENTIAL), hex(ColourMap.DIVERGING)),
        metrics.stream().map(PageDataBuilder::style).toList(),
        unlisted(),
        diagrams,
        findings.trends(),
        findings.descents(),
        findings.verdicts(),
        findings.diagnosis(),
        findings.suggestion(),
        other());
  }

  private String sentence() {
    String given = report.findings().sentence();
    return given != null
        ? given
        : StudySentence.of(
            report.plan(), shown(), report.values(), diagrams.size(), report.failures());
  }

  /** The cells in the order of the diagrams: of equal ones a sentence names the first. */
  private List<Cell> shown() {
    return report.grids().values().stream()
        .flatMap(grid -> grid.measured().stream().sorted(Diagrams.ORDER))
        .toList();
  }

  private @Nullable PageData other() {
    return report
        .against()
        .map(other -> new PageDataBuilder(other.report()).of(other.title()))
        .orElse(null);
  }

  /** The diagrams under another title, without what is shown of one study only. */
  private PageData of(String title) {
    return new PageData(
        title,
        null,
        sentence(),
        assembly.axes(),
        Diagrams.further(diagrams),
        List.of(),
        null,
        metrics.stream().map(PageDataBuilder::style).toList(),
        unlisted(),
        diagrams,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private int unlisted() {
    return report.values().metrics().size() - metrics.size();
  }

  private static PhaseStyle style(Phase phase) {
    return new PhaseStyle(
        phase.label(),
        phase.nickname(),
        phase.meaning(),
        phase.colour().hex(),
        phase.darkColour().hex());
  }

  private static MetricStyle style(Metric metric) {
    String unit = metric.variant().unit();
    return new MetricStyle(
        metric.key(),
        metric.name(),
        metric.variant().name(),
        metric.stage().isEmpty() ? "other stages" : metric.stage(),
        metric.title(),
        unit.equals("1") ? "" : unit,
        metric.variant().definition(),
        metric.variant().source(),
        scale(metric.info().scale()),
        metric.info().better().toString(),
        metric.noun(),
        metric.isHeadline());
  }

  private static String scale(Scale scale) {
    return switch (scale) {
      case LINEAR -> "linear";
      case LOGARITHMIC -> "logarithmic";
      case LINEAR_IN_LOGARITHM -> "ln";
      case SYMMETRIC -> "diverging";
    };
  }

  private static List<String> hex(ColourMap map) {
    return map.anchors().stream().map(Colour::hex).toList();
  }
}
