package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.standard.MetricCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain metrics}: what each metric is. */
@Command(
    name = "metrics",
    description =
        "Lists the metrics that stages measure, one a line, or tells all of those that are named:"
            + " variants with unit, range, definition and source, cost, and how a cell summarises"
            + " them.")
final class MetricsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "METRIC",
      arity = "0..*",
      description = "Names of metrics. Default: all.")
  private List<String> names = List.of();

  @ArgGroup private Format format = new Format();

  /** At most one of them. */
  private static final class Format {
    @Option(names = "--json", description = "Print facts as JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "Print a table in Markdown, as in the documents.")
    private boolean markdown;
  }

  @Override
  public Integer call() throws IOException {
    MetricCatalogue catalogue = MetricCatalogue.standard();
    Map<String, List<MetricInfo>> byStage = chosen(catalogue);
    PrintWriter out = spec.commandLine().getOut();
    if (format.json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(facts(byStage)));
    } else if (format.markdown) {
      MetricsMarkdown.table(byStage).forEach(out::println);
    } else if (names.isEmpty()) {
      printLines(byStage, out);
    } else {
      byStage.forEach((stage, metrics) -> metrics.forEach(metric -> print(stage, metric, out)));
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** The metrics that are named, or all, by stage. */
  private Map<String, List<MetricInfo>> chosen(MetricCatalogue catalogue) {
    Set<String> asked = new LinkedHashSet<>();
    names.forEach(name -> asked.add(catalogue.named(name).name()));
    Map<String, List<MetricInfo>> byStage = new LinkedHashMap<>();
    for (String stage : catalogue.stages()) {
      List<MetricInfo> metrics =
          catalogue.ofStage(stage).stream()
              .filter(metric -> asked.isEmpty() || asked.contains(metric.name()))
              .toList();
      if (!metrics.isEmpty()) {
        byStage.put(stage, metrics);
      }
    }
    return byStage;
  }

  private void printLines(Map<String, List<MetricInfo>> byStage, PrintWriter out) {
    TextTable table =
        new TextTable(List.of("metric", "stage", "unit", "range", "better", "cell", "variants"));
    byStage.forEach(
        (stage, metrics) -> {
          for (MetricInfo metric : metrics) {
            Variant first = metric.variants().get(0);
            table.add(
                List.of(
                    metric.name(),
                    stage,
                    first.unit(),
                    first.range().toString(),
                    metric.better().toString(),
                    metric.summary().toString(),
                    metric.variants().stream()
                        .map(Variant::name)
                        .collect(Collectors.joining(", "))));
          }
        });
    List<String> left = table.print(out, TerminalWidth.ofOutput());
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    if (!left.isEmpty()) {
      err.printf("no room for %s; ", String.join(", ", left));
    }
    err.println("'terrain metrics METRIC' tells all of one, --json all of all");
  }

  private static void print(String stage, MetricInfo metric, PrintWriter out) {
    out.println(metric.name());
    line(out, "title", metric.title());
    line(out, "stage", stage);
    line(out, "cell", metric.summary().toString());
    line(out, "better", metric.better().toString());
    line(out, "cost", metric.cost());
    for (Variant variant : metric.variants()) {
      out.printf(
          "  variant %s: %s, in %s%s%n",
          variant.name(), unit(variant), variant.range(), variant.headline() ? ", a headline" : "");
      line(out, "  is", variant.definition());
      line(out, "  from", variant.source());
    }
  }

  /** The unit, in words for a pure number. */
  private static String unit(Variant variant) {
    return variant.unit().equals("1") ? "a number" : variant.unit();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("  %-8s %s%n", name, value);
  }

  private static List<Map<String, Object>> facts(Map<String, List<MetricInfo>> byStage) {
    List<Map<String, Object>> facts = new ArrayList<>();
    byStage.forEach((stage, metrics) -> metrics.forEach(metric -> facts.add(facts(stage, metric))));
    return facts;
  }

  private static Map<String, Object> facts(String stage, MetricInfo metric) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("metric", metric.name());
    facts.put("title", metric.title());
    facts.put("stage", stage);
    facts.put("summary", metric.summary().toString());
    facts.put("better", metric.better().toString());
    facts.put("cost", metric.cost());
    facts.put("variants", metric.variants().stream().map(MetricsCommand::facts).toList());
    return facts;
  }

  private static Map<String, Object> facts(Variant variant) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("variant", variant.name());
    facts.put("unit", variant.unit());
    facts.put("range", ends(variant.range()));
    facts.put("definition", variant.definition());
    facts.put("source", variant.source());
    facts.put("headline", variant.headline());
    return facts;
  }

  /** Both ends; null for one that is not there. */
  private static List<Double> ends(Range range) {
    return Stream.of(range.min(), range.max())
        .map(end -> Double.isInfinite(end) ? null : end)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
