package dev.terrain.cli;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metrics as tables in Markdown. Metrics of one definition, such as the trace of each matrix,
 * are one row.
 */
final class MetricsMarkdown {
  private MetricsMarkdown() {}

  /** All that is known: a row for each definition. */
  static List<String> table(Map<String, List<MetricInfo>> byStage) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| stage | metric | variants (unit, range): definition | in a cell | cost | source |");
    lines.add("|---|---|---|---|---|---|");
    byStage.forEach(
        (stage, metrics) -> {
          for (List<MetricInfo> alike : families(metrics)) {
            MetricInfo first = alike.get(0);
            lines.add(
                row(
                    "`" + stage + "`",
                    names(alike),
                    variants(alike),
                    first.summary().toString(),
                    first.cost(),
                    sources(alike)));
          }
        });
    return lines;
  }

  /** The names alone: a row for each stage. */
  static List<String> names(Map<String, List<MetricInfo>> byStage) {
    List<String> lines = new ArrayList<>();
    lines.add("| stage | metrics |");
    lines.add("|---|---|");
    byStage.forEach(
        (stage, metrics) -> {
          Map<List<String>, List<String>> endings = new LinkedHashMap<>();
          List<String> names = new ArrayList<>();
          for (List<MetricInfo> alike : families(metrics)) {
            String ending = commonEnding(alike);
            if (ending.isEmpty()) {
              names.add(names(alike));
            } else {
              endings
                  .computeIfAbsent(beginnings(alike, ending), some -> new ArrayList<>())
                  .add(ending.substring(1));
            }
          }
          List<String> all = new ArrayList<>();
          endings.forEach(
              (beginnings, some) -> all.add("`" + braces(beginnings) + "_" + braces(some) + "`"));
          all.addAll(names);
          lines.add(row("`" + stage + "`", String.join(", ", all)));
        });
    return lines;
  }

  /** Metrics whose preferred variants have one definition, together. */
  private static Collection<List<MetricInfo>> families(List<MetricInfo> metrics) {
    return metrics.stream()
        .collect(
            Collectors.groupingBy(
                metric -> metric.variants().get(0).definition(),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private static String names(List<MetricInfo> alike) {
    String ending = commonEnding(alike);
    return ending.isEmpty()
        ? alike.stream().map(metric -> "`" + metric.name() + "`").collect(Collectors.joining(", "))
        : "`" + braces(beginnings(alike, ending)) + ending + "`";
  }

  /** What the names of several metrics end with, from an underscore on; else empty. */
  private static String commonEnding(List<MetricInfo> alike) {
    if (alike.size() == 1) {
      return "";
    }
    String name = alike.get(0).name();
    for (int i = name.indexOf('_'); i > 0; i = name.indexOf('_', i + 1)) {
      String ending = name.substring(i);
      if (alike.stream().allMatch(metric -> metric.name().endsWith(ending))) {
        return ending;
      }
    }
    return "";
  }

  private static List<String> beginnings(List<MetricInfo> alike, String ending) {
    return alike.stream()
        .map(metric -> metric.name().substring(0, metric.name().length() - ending.length()))
        .toList();
  }

  private static String braces(List<String> words) {
    return words.size() == 1 ? words.get(0) : "{" + String.join(", ", words) + "}";
  }

  private static String variants(List<MetricInfo> alike) {
    Map<String, Set<String>> ranges = new LinkedHashMap<>();
    Map<String, Variant> variants = new LinkedHashMap<>();
    for (MetricInfo metric : alike) {
      for (Variant variant : metric.variants()) {
        variants.putIfAbsent(variant.name(), variant);
        ranges
            .computeIfAbsent(variant.name(), name -> new LinkedHashSet<>())
            .add(variant.range().toString());
      }
    }
    String definition = alike.get(0).variants().get(0).definition();
    List<String> texts = new ArrayList<>();
    variants.forEach(
        (name, variant) ->
            texts.add(
                "`%s` (%s, %s): %s"
                    .formatted(
                        name,
                        variant.unit(),
                        String.join(" or ", ranges.get(name)),
                        texts.isEmpty()
                            ? definition
                            : variant.definition().replace(definition + ";", "the same"))));
    return String.join("<br>", texts);
  }

  private static String sources(List<MetricInfo> alike) {
    return alike.stream()
        .flatMap(metric -> metric.variants().stream())
        .map(Variant::source)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String row(String... columns) {
    return "| "
        + String.join(" | ", List.of(columns).stream().map(MetricsMarkdown::escape).toList())
        + " |";
  }

  private static String escape(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }
}
