package dev.terrain.imports;

import dev.terrain.taxonomy.CellIdentity;
import dev.terrain.taxonomy.PhaseRule;
import dev.terrain.taxonomy.PhaseVerdict;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows that the tables have of imported cells. The phase is decided by {@link PhaseRule},
 * by those metrics alone that follow our definitions.
 *
 * <p>They are not made by {@link dev.terrain.taxonomy.CellSummary}: this counts rows of models,
 * which nobody has of other people's runs, and wants of a pair's value to know both models.
 */
final class CellRows {
  private static final Schema CELL = Cell.getClassSchema();
  private static final String NO_CONFIDENCE =
      "imported: the grid does not say between which models the pairs were measured";

  private final Mapping mapping;
  private final CellValues values;
  private final PhaseRule rule;
  private final Instant now;

  /** Positions of the metrics that the table of cells has columns for, by the column. */
  private final Map<String, Integer> headlines = new TreeMap<>();

  CellRows(Mapping mapping, CellValues values, Instant now) {
    this.mapping = mapping;
    this.values = values;
    this.rule = new PhaseRule(mapping.taxonomy());
    this.now = now;
    for (int i = 0; i < mapping.metrics().size(); i++) {
      int position = i;
      column(mapping.metrics().get(i))
          .ifPresent(name -> headlines.merge(name, position, this::preferred));
    }
  }

  /** The column of the table of cells for a metric; empty if there is none. */
  private static Optional<String> column(MetricMapping metric) {
    if (!metric.isComparable()) {
      return Optional.empty();
    }
    String variant = metric.variant();
    String column =
        switch (metric.name()) {
          case "cka" -> variant.equals("paper") ? "cka" : "cka_" + variant;
          case "linear_barrier" -> variant.equals("frankle") ? "linear_barrier" : "";
          default -> metric.name();
        };
    return Optional.of(column).filter(name -> CELL.getField(name + "_mean") != null);
  }

  /** Of two definitions of a metric the one that the catalogue prefers. */
  private int preferred(int one, int other) {
    MetricMapping first = mapping.metrics().get(one);
    MetricMapping second = mapping.metrics().get(other);
    return first.metric().variants().indexOf(first.base())
            <= first.metric().variants().indexOf(second.base())
        ? one
        : other;
  }

  /** Whether the grid has a metric that the phases depend on. */
  boolean has(String column) {
    return headlines.containsKey(column);
  }

  /** The row of the table of cells, with revision 0. */
  Cell cell(GridCell cell) {
    CellIdentity identity = cell.identity();
    PhaseVerdict verdict =
        rule.decide(mean(cell, "train_loss"), mean(cell, "mode_connectivity"), mean(cell, "cka"));
    Cell row =
        Cell.newBuilder()
            .setCellId(identity.cellId())
            .setSweep(identity.sweep())
            .setLoadSetting(identity.loadSetting())
            .setLoadValue(identity.loadValue())
            .setTemperatureSetting(identity.temperatureSetting())
            .setTemperatureValue(identity.temperatureValue())
            .setSlice(identity.slice())
            .setNModels(values.runs(cell.rows()))
            .setNDiverged(0)
            .setNPairs(value(cell, "mode_connectivity").map(ValueOfCell::n).orElse(0))
            .setPhase(verdict.phase() == null ? null : verdict.phase().label())
            .setPhaseReason(verdict.reason())
            .setPhaseConfidenceReason(verdict.phase() == null ? "there is no phase" : NO_CONFIDENCE)
            .setRevision(0)
            .setComputedAt(now)
            .build();
    headlines.forEach(
        (column, metric) -> {
          ValueOfCell value = values.of(metric, cell.rows());
          put(row, column + "_mean", value.mean());
          put(row, column + "_std", value.deviation());
          put(row, "n_" + column, value.n());
        });
    return row;
  }

  private static void put(Cell row, String column, @Nullable Object value) {
    Schema.Field field = CELL.getField(column);
    if (field != null) {
      row.put(field.pos(), value);
    }
  }

  private Optional<ValueOfCell> value(GridCell cell, String column) {
    return Optional.ofNullable(headlines.get(column)).map(i -> values.of(i, cell.rows()));
  }

  private @Nullable Double mean(GridCell cell, String column) {
    return value(cell, column).map(ValueOfCell::mean).orElse(null);
  }

  /** The rows of the table of cells' metrics, in the order of the mapping, with revision 0. */
  List<CellMetric> metrics(GridCell cell) {
    CellIdentity identity = cell.identity();
    List<CellMetric> rows = new ArrayList<>();
    for (int i = 0; i < mapping.metrics().size(); i++) {
      MetricMapping metric = mapping.metrics().get(i);
      ValueOfCell value = values.of(i, cell.rows());
      rows.add(
          CellMetric.newBuilder()
              .setCellId(identity.cellId())
              .setSweep(identity.sweep())
              .setLoadSetting(identity.loadSetting())
              .setLoadValue(identity.loadValue())
              .setTemperatureSetting(identity.temperatureSetting())
              .setTemperatureValue(identity.temperatureValue())
              .setSlice(identity.slice())
              .setMetric(metric.name())
              .setVariant(metric.variant())
              .setUnit(metric.base().unit())
              .setSummary(metric.metric().summary().toString())
              .setN(value.n())
              .setNNotConverged(0)
              .setNWithoutValue(value.without())
              .setMean(value.mean())
              .setStd(value.deviation())
              .setStdError(value.error())
              .setNModels(value.models())
              .setSeedError(value.independent() ? value.error() : null)
              .setReason(value.reason())
              .setRevision(0)
              .setComputedAt(now)
              .build());
    }
    return rows;
  }
}
