package dev.terrain.cli;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.v1.CellMetric;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A metric that someone asks for, as {@code hessian_trace} or {@code cka:debiased}.
 *
 * @param text as it was written
 * @param name of the metric
 * @param variants which will do, the preferred one first
 */
record MetricChoice(String text, String name, List<String> variants) {
  private static final String SEPARATOR = ":";

  /**
   * Reads a choice.
   *
   * @param rows of the table of cells' metrics, which may have some that no stage of this process
   *     measures
   * @throws IllegalArgumentException if there is no such metric, or no such variant of it; the
   *     message has those that there are
   */
  static MetricChoice parse(String text, MetricCatalogue catalogue, Collection<CellMetric> rows) {
    int separator = text.indexOf(SEPARATOR);
    String name = separator < 0 ? text : text.substring(0, separator);
    List<String> known =
        catalogue
            .find(name)
            .map(MetricInfo::variants)
            .map(variants -> variants.stream().map(Variant::name).toList())
            .orElseGet(() -> measured(name, rows));
    if (known.isEmpty()) {
      catalogue.named(name);
    }
    if (separator < 0) {
      return new MetricChoice(text, name, known);
    }
    String variant = text.substring(separator + 1);
    if (!known.contains(variant)) {
      throw new IllegalArgumentException(
          "metric %s has the variants %s, not '%s'"
              .formatted(name, String.join(", ", known), variant));
    }
    return new MetricChoice(text, name, List.of(variant));
  }

  private static List<String> measured(String name, Collection<CellMetric> rows) {
    return rows.stream()
        .filter(row -> row.getMetric().equals(name))
        .map(CellMetric::getVariant)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Of a cell's rows the one that is meant: of the first variant that there is, of whole models.
   */
  Optional<CellMetric> of(Collection<CellMetric> rows) {
    for (String variant : variants) {
      for (CellMetric row : rows) {
        if (row.getMetric().equals(name)
            && row.getVariant().equals(variant)
            && row.getParameters() == null) {
          return Optional.of(row);
        }
      }
    }
    return Optional.empty();
  }
}
