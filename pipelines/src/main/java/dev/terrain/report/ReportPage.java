package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

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

  /** A slice's heading and charts; public for the template engine. */
  public record Section(
      String name, String phases, List<Defined> headlines, List<Further> further) {}

  /** The charts of a stage that are no headlines; public for the template engine. */
  public record Further(String title, List<Defined> charts) {}

  /** A chart with the definition of what it shows; public for the template engine. */
  public record Defined(String svg, String definition) {}

  /** A spectrum with its place; public for the template engine. */
  public record Drawn(String where, String svg) {}

  /** A failure as text; public for the template engine. */
  public record FailureLine(String stage, String subject, String message, String when) {}

  private ReportPage() {}

  static String render(
      Sweep plan,
      List<Cell> cells,
      CellValues values,
      Panels panels,
      List<Model> models,
      List<Failure> failures,
      List<CheckResult> checks,
      Instant generatedAt,
      List<Slice> slices,
      SpectrumChoice spectra,
      Function<Failure, Optional<String>> names) {
    Map<String, Object> page = new HashMap<>();
    page.put("sweep", plan.getName());
    page.put("generated", TIME.format(generatedAt));
    page.put("summary", Facts.summary(plan, cells, models, failures));
    page.put("thresholds", Facts.thresholds(plan.getTaxonomy()));
    page.put("settings", Facts.sharedSettings(plan));
    page.put("provenance", Facts.provenance(models));
    page.put("checks", CheckTable.lines(checks));
    page.put("slices", slices.stream().map(ReportPage::section).toList());
    int charted = slices.get(0).further().values().stream().mapToInt(List::size).sum();
    page.put("uncharted", Integer.toString(panels.furtherMetrics().size() - charted));
    page.put("spectra", spectra.shown().stream().map(ReportPage::drawn).toList());
    page.put("unshown", Integer.toString(spectra.unshown()));
    page.put("columns", CellTable.columns(plan, panels.headlines()));
    page.put("rows", CellTable.rows(cells, panels.headlines(), values));
    page.put(
        "failures",
        failures.stream()
            .limit(LISTED_FAILURES)
            .map(failure -> line(failure, names.apply(failure).orElse(subject(failure))))
            .toList());
    page.put("unlisted", Integer.toString(Math.max(failures.size() - LISTED_FAILURES, 0)));
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

  private static Section section(Slice slice) {
    List<Further> further = new ArrayList<>();
    slice
        .further()
        .forEach(
            (stage, figures) ->
                further.add(
                    new Further(
                        (stage.isEmpty() ? "other stages" : stage) + ", " + count(figures.size()),
                        defined(figures))));
    return new Section(slice.name(), slice.phases().svg(), defined(slice.headlines()), further);
  }

  private static List<Defined> defined(List<Figure> figures) {
    return figures.stream().map(figure -> new Defined(figure.svg(), figure.definition())).toList();
  }

  private static String count(int metrics) {
    return metrics + (metrics == 1 ? " more metric" : " more metrics");
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
