package dev.terrain.imports;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.v1.Subject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code metrics} of a mapping file, by the catalogue of metrics. */
final class MetricMappingReader {
  private static final List<String> KEYS =
      List.of("column", "variant", "unit", "scale", "times", "split", "as", "std", "n", "small");
  private static final List<String> SPLITS = List.of("train", "test", "validation");
  private static final String PERCENT = "percent";

  private final MetricCatalogue catalogue;
  private final RowKind row;
  private final int runsPerCell;
  private final MappingProblems problems;

  MetricMappingReader(
      MetricCatalogue catalogue, RowKind row, int runsPerCell, MappingProblems problems) {
    this.catalogue = catalogue;
    this.row = row;
    this.runsPerCell = runsPerCell;
    this.problems = problems;
  }

  /** The metrics of a mapping, in its order; what cannot be read is collected. */
  List<MetricMapping> read(Map<String, MappingValue> document) {
    MappingValue section = document.get("metrics");
    if (section == null) {
      problems.add("metrics", "is missing; it names the column of each metric");
      return List.of();
    }
    List<String> names = catalogue.metrics().stream().map(MetricInfo::name).toList();
    List<MetricMapping> metrics = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, MappingValue> values = section.mapping(names);
    values.forEach(
        (name, value) -> {
          for (MappingValue item : value.isList() ? value.items() : List.of(value)) {
            read(catalogue.named(name), item)
                .filter(metric -> isFirst(metric, seen, item))
                .ifPresent(metrics::add);
          }
        });
    if (section.isMapping() && values.isEmpty() && problems.isEmpty()) {
      section.problem("must name at least one metric; 'terrain metrics' lists them");
    }
    return metrics;
  }

  private static boolean isFirst(MetricMapping metric, Set<String> seen, MappingValue item) {
    boolean first = seen.add(metric.name() + "/" + metric.variant());
    if (!first) {
      item.problem("two columns are %s (%s)".formatted(metric.name(), metric.variant()));
    }
    return first;
  }

  private Optional<MetricMapping> read(MetricInfo metric, MappingValue value) {
    Map<String, MappingValue> keys = value.mapping(KEYS);
    if (!value.isMapping()) {
      return Optional.empty();
    }
    MappingValue column = keys.get("column");
    if (column == null) {
      value.problem("lacks 'column', the column with its values");
      return Optional.empty();
    }
    Optional<ColumnName> name = column.column();
    Optional<Variant> base = base(metric, keys);
    if (name.isEmpty() || base.isEmpty()) {
      return Optional.empty();
    }
    Optional<Conversion> conversion = conversion(metric, base.get(), value, keys);
    if (conversion.isEmpty()) {
      return Optional.empty();
    }
    String split = otherSplit(metric, keys);
    boolean taken = keys.containsKey("as");
    MappingValue small = keys.get("small");
    return Optional.of(
        withErrors(
            new MetricMapping(
                metric,
                base.get(),
                split == null || taken ? base.get().name() : split + " split",
                name.get(),
                null,
                null,
                0,
                conversion.get(),
                small != null && small.flag().orElse(false),
                note(metric, base.get(), name.get(), split, keys)),
            keys));
  }

  private static Optional<Variant> base(MetricInfo metric, Map<String, MappingValue> keys) {
    List<String> variants = metric.variants().stream().map(Variant::name).toList();
    MappingValue variant = keys.get("variant");
    MappingValue as = keys.get("as");
    if (variant != null && as != null) {
      as.problem("says the same as 'variant', whatever the split; leave out one of the two");
      return Optional.empty();
    }
    MappingValue said = as == null ? variant : as;
    return said == null
        ? Optional.of(metric.variants().get(0))
        : said.word(variants).flatMap(metric::variant);
  }

  private static Optional<Conversion> conversion(
      MetricInfo metric, Variant base, MappingValue value, Map<String, MappingValue> keys) {
    List<Conversion.Unit> units =
        Conversion.Unit.of(base.unit(), metric.name().endsWith("_accuracy"));
    List<String> words = units.stream().map(Conversion.Unit::word).toList();
    MappingValue unit = keys.get("unit");
    if (unit == null && base.unit().equals(PERCENT)) {
      value.problem("lacks 'unit': " + String.join(" or ", words));
      return Optional.empty();
    }
    Optional<Conversion.Unit> read =
        unit == null
            ? Optional.of(units.get(0))
            : unit.word(words).map(word -> units.get(words.indexOf(word)));
    MappingValue scale = keys.get("scale");
    Optional<Conversion.Scale> readScale =
        scale == null
            ? Optional.of(Conversion.Scale.LINEAR)
            : scale.word(Conversion.Scale.words()).map(Conversion.Scale::of);
    MappingValue times = keys.get("times");
    Optional<BigDecimal> factor =
        times == null ? Optional.of(BigDecimal.ONE) : times.number("a number other than 0");
    if (times != null && factor.filter(number -> number.signum() == 0).isPresent()) {
      times.problem("must be a number other than 0, not 0");
    }
    return read.isPresent() && readScale.isPresent() && factor.isPresent()
        ? Optional.of(new Conversion(readScale.get(), factor.get().doubleValue(), read.get()))
        : Optional.empty();
  }

  /** The split that the values were measured on, if our definition has another; else null. */
  private static @Nullable String otherSplit(MetricInfo metric, Map<String, MappingValue> keys) {
    MappingValue split = keys.get("split");
    if (split == null) {
      return null;
    }
    return split.word(SPLITS).filter(word -> !word.equals(ourSplit(metric))).orElse(null);
  }

  /** Metrics that are not of test images are of training images. */
  private static String ourSplit(MetricInfo metric) {
    return metric.name().startsWith("test_") ? "test" : "train";
  }

  private static @Nullable String note(
      MetricInfo metric,
      Variant base,
      ColumnName column,
      @Nullable String split,
      Map<String, MappingValue> keys) {
    if (split != null) {
      String where =
          "%s: column %s was measured on the %s split, our definition on the %s split; "
              .formatted(metric.name(), column.name(), split, ourSplit(metric));
      return keys.containsKey("as")
          ? where
              + "the mapping takes it for the variant '%s' all the same, so compare it within this grid alone"
                  .formatted(base.name())
          : where
              + "imported as the variant '%s split', which is compared with nothing"
                  .formatted(split);
    }
    boolean said = keys.containsKey("variant") || keys.containsKey("as");
    return said || metric.variants().size() == 1
        ? null
        : "%s: the mapping names no variant, so column %s is taken for '%s'"
            .formatted(metric.name(), column.name(), base.name());
  }

  private static void refuse(@Nullable MappingValue value) {
    if (value != null) {
      value.problem("is for rows that are cells; of runs it is computed");
    }
  }

  private MetricMapping withErrors(MetricMapping metric, Map<String, MappingValue> keys) {
    MappingValue deviation = keys.get("std");
    MappingValue n = keys.get("n");
    if (row != RowKind.CELL) {
      refuse(deviation);
      refuse(n);
      return metric;
    }
    Optional<ColumnName> deviations = deviation == null ? Optional.empty() : deviation.column();
    boolean isCount = n != null && n.asNumber().isPresent();
    int count =
        n != null && isCount
            ? n.count().orElse(0)
            : n == null && metric.subject() == Subject.MODEL ? runsPerCell : 0;
    Optional<ColumnName> counts = n == null || isCount ? Optional.empty() : n.column();
    if (deviation != null && metric.conversion().scale() != Conversion.Scale.LINEAR) {
      deviation.problem(
          "the deviation of logarithms cannot be undone; leave it out, or give that of the values");
    }
    if (deviation != null && count == 0 && counts.isEmpty()) {
      deviation.problem(
          "needs the number of values behind each mean: n (a number or a column)"
              + (metric.subject() == Subject.MODEL ? " or runs_per_cell" : ""));
    }
    return new MetricMapping(
        metric.metric(),
        metric.base(),
        metric.variant(),
        metric.column(),
        deviations.orElse(null),
        counts.orElse(null),
        count,
        metric.conversion(),
        metric.small(),
        metric.note());
  }
}
