package dev.terrain.report;

import dev.terrain.v1.Failure;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Fills the page's template. */
final class ReportPage {

  /** Failures that the page lists; the table has them all. */
  private static final int LISTED_FAILURES = 200;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Configuration TEMPLATES = templates();

  /** A named value; public for the template engine. */
  public record Fact(String name, String value) {}

  /** A spectrum with its place; public for the template engine. */
  public record Drawn(String where, String svg) {}

  /** A failure as text; public for the template engine. */
  public record FailureLine(String stage, String subject, String message, String when) {}

  private ReportPage() {}

  static String render(Report report) {
    PageData data = new PageDataBuilder(report).study(TIME.format(report.generatedAt()));
    SpectrumChoice spectra = report.spectra();
    List<Failure> failures = report.failures();
    Map<String, Object> page = new HashMap<>();
    page.put("sweep", data.title());
    page.put("generated", data.generated());
    page.put("sentence", data.sentence());
    page.put(
        "summary",
        Facts.summary(report.plan(), report.cells(), report.models(), failures, report.origin()));
    page.put("thresholds", Facts.thresholds(report.plan().getTaxonomy()));
    page.put("gaps", report.findings().thresholds());
    page.put("settings", Facts.sharedSettings(report.plan()));
    page.put("provenance", Facts.provenance(report.models()));
    page.put("costs", Costs.of(report.models()));
    report.origin().ifPresent(origin -> page.put("origin", origin));
    page.put("checks", CheckTable.lines(report.checks()));
    page.put("spectra", spectra.shown().stream().map(ReportPage::drawn).toList());
    page.put("unshown", Integer.toString(spectra.unshown()));
    page.put(
        "failures",
        failures.stream()
            .limit(LISTED_FAILURES)
            .map(failure -> line(failure, report.name(failure).orElse(subject(failure))))
            .toList());
    page.put("unlisted", Integer.toString(Math.max(failures.size() - LISTED_FAILURES, 0)));
    page.put("left", Integer.toString(data.unlisted()));
    String json = PageScripts.json(data);
    String charts = PageScripts.charts();
    page.put("data", json);
    page.put("dataSize", PageScripts.size(json));
    page.put("charts", charts);
    page.put("chartsSize", PageScripts.size(charts));
    page.put("chartsVersion", PageScripts.CHARTS_VERSION);
    page.put("scripts", PageScripts.own());
    StringWriter html = new StringWriter();
    try {
      TEMPLATES.getTemplate("report.ftlh").process(page, html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalStateException("report.ftlh: " + e.getMessage(), e);
    }
    return html.toString();
  }

  private static Drawn drawn(SpectrumChoice.Shown shown) {
    return new Drawn(shown.where(), SpectrumSvg.draw(shown));
  }

  private static FailureLine line(Failure failure, String subject) {
    String simpleName =
        failure.getExceptionClass().substring(failure.getExceptionClass().lastIndexOf('.') + 1);
    return new FailureLine(
        failure.getStage(),
        subject,
        simpleName + ": " + failure.getMessage(),
        TIME.format(failure.getFailedAt()));
  }

  private static String subject(Failure failure) {
    if (failure.getModelId() != null) {
      String other = failure.getOtherModelId();
      return "model " + failure.getModelId() + (other == null ? "" : " and " + other);
    }
    return failure.getCellId() == null
        ? Objects.requireNonNullElse(failure.getKey(), "")
        : "cell " + failure.getCellId();
  }

  private static Configuration templates() {
    Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setClassForTemplateLoading(ReportPage.class, "");
    templates.setDefaultEncoding("UTF-8");
    templates.setLocale(Locale.ROOT);
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
    return templates;
  }
}
