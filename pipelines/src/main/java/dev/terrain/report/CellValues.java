package dev.terrain.report;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in each cell: its rows of the table of cells' metrics; for a cell that has
 * none, as an older study, what the columns of its own row tell.
 */
final class CellValues {
  /** A place in the diagrams. */
  private record Place(String slice, double load, double temperature) {}

  private record Key(String metric, String variant, String parameters) {
    static Key of(CellMetric row) {
      return new Key(row.getMetric(), row.getVariant(), Metric.parameters(row));
    }

    static Key of(Metric metric) {
      return new Key(metric.info().name(), metric.variant().name(), metric.parameters());
    }
  }

  private final Map<Place, Map<Key, CellMetric>> values = new HashMap<>();
  private final List<Metric> metrics;

  /** The values of cells, as a catalogue describes them. */
  CellValues(MetricCatalogue catalogue, Collection<Cell> cells, Collection<CellMetric> rows) {
    for (CellMetric row : rows) {
      add(new Place(row.getSlice(), row.getLoadValue(), row.getTemperatureValue()), row);
    }
    for (Cell cell : cells) {
      if (!values.containsKey(place(cell))) {
        ofColumns(catalogue, cell).forEach(row -> add(place(cell), row));
      }
    }
    metrics = metrics(catalogue);
  }

  private void add(Place place, CellMetric row) {
    values
        .computeIfAbsent(place, where -> new HashMap<>())
        .merge(Key.of(row), row, (a, b) -> a.getRevision() > b.getRevision() ? a : b);
  }

  private static Place place(Cell cell) {
    return new Place(cell.getSlice(), cell.getLoadValue(), cell.getTemperatureValue());
  }

  /** Rows such as the table of cells' metrics would have, without those that have no value. */
  private static List<CellMetric> ofColumns(MetricCatalogue catalogue, Cell cell) {
    List<CellMetric> rows = new ArrayList<>();
    for (MetricInfo metric : catalogue.metrics()) {
      for (Variant variant : metric.variants()) {
        String prefix =
            metric.name() + (variant.equals(metric.variants().get(0)) ? "" : "_" + variant.name());
        if (column(cell, prefix + "_mean") instanceof Double mean) {
          rows.add(row(cell, metric, variant, mean, prefix));
        }
      }
    }
    return rows;
  }

  private static CellMetric row(
      Cell cell, MetricInfo metric, Variant variant, double mean, String prefix) {
    int models = cell.getNModels();
    int all =
        switch (metric.summary()) {
          case MEAN_OVER_MODELS -> models;
          case MEAN_OVER_CONNECTED_PAIRS -> cell.getNPairs();
          case MEAN_OVER_PAIRS -> models * (models - 1) / 2;
          case ONE_VALUE -> 1;
        };
    return CellMetric.newBuilder()
        .setCellId(cell.getCellId())
        .setSweep(cell.getSweep())
        .setLoadSetting(cell.getLoadSetting())
        .setLoadValue(cell.getLoadValue())
        .setTemperatureSetting(cell.getTemperatureSetting())
        .setTemperatureValue(cell.getTemperatureValue())
        .setSlice(cell.getSlice())
        .setMetric(metric.name())
        .setVariant(variant.name())
        .setUnit(variant.unit())
        .setSummary(metric.summary().toString())
        .setN(column(cell, "n_" + prefix) instanceof Integer n ? n : all)
        .setNNotConverged(0)
        .setNWithoutValue(0)
        .setMean(mean)
        .setStd(column(cell, prefix + "_std") instanceof Double std ? std : null)
        .setMeasurementError(column(cell, prefix + "_error") instanceof Double error ? error : null)
        .setRevision(cell.getRevision())
        .setComputedAt(cell.getComputedAt())
        .build();
  }

  /** What a row has in a column; null if there is no such column, or nothing in it. */
  private static @Nullable Object column(Cell cell, String name) {
    Schema.Field field = cell.getSchema().getField(name);
    return field == null ? null : cell.get(field.pos());
  }

  /** In the order of the catalogue, each definition for the whole model first; then all others. */
  private List<Metric> metrics(MetricCatalogue catalogue) {
    Map<Key, CellMetric> examples = new LinkedHashMap<>();
    Map<String, Set<String>> parameters = new HashMap<>();
    for (Map<Key, CellMetric> ofCell : values.values()) {
      ofCell.forEach(
          (key, row) -> {
            if (row.getMean() != null) {
              examples.putIfAbsent(key, row);
              parameters
                  .computeIfAbsent(key.metric(), metric -> new TreeSet<>())
                  .add(key.parameters());
            }
          });
    }
    List<Metric> ordered = new ArrayList<>();
    for (String stage : catalogue.stages()) {
      for (MetricInfo info : catalogue.ofStage(stage)) {
        for (Variant variant : info.variants()) {
          for (String some : parameters.getOrDefault(info.name(), Set.of())) {
            Metric metric = new Metric(stage, info, variant, some);
            if (examples.remove(Key.of(metric)) != null) {
              ordered.add(metric);
            }
          }
        }
      }
    }
    examples.values().stream()
        .map(Metric::unknown)
        .sorted(Comparator.comparing(Metric::name))
        .forEach(ordered::add);
    return List.copyOf(ordered);
  }

  /** The metrics that have a value anywhere. */
  List<Metric> metrics() {
    return metrics;
  }

  /** The summary of a metric in a cell; empty if it was not measured there. */
  Optional<CellMetric> of(Cell cell, Metric metric) {
    return Optional.ofNullable(values.getOrDefault(place(cell), Map.of()).get(Key.of(metric)));
  }
}
