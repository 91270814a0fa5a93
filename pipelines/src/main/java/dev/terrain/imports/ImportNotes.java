package dev.terrain.imports;

import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be known of an import, in sentences. */
final class ImportNotes {
  private static final int MOST_NAMED = 20;
  private static final List<String> DECIDING = List.of("train_loss", "mode_connectivity", "cka");

  private final Grid grid;
  private final Mapping mapping;

  ImportNotes(Grid grid) {
    this.grid = grid;
    this.mapping = grid.mapping();
  }

  /** What was done with columns. */
  List<String> conversions() {
    Stream<String> axes =
        Stream.concat(Stream.of(mapping.load(), mapping.temperature()), mapping.others().stream())
            .filter(axis -> axis.times().doubleValue() != 1)
            .map(
                axis ->
                    "%s: column %s is multiplied by %s"
                        .formatted(
                            axis.setting(),
                            axis.column().name(),
                            GridNumber.text(axis.times().doubleValue())));
    Stream<String> metrics =
        mapping.metrics().stream()
            .flatMap(
                metric ->
                    metric.conversion().sentence(metric.name(), metric.column().name()).stream());
    return Stream.concat(axes, metrics).toList();
  }

  /** All the rest. */
  List<String> notes(CellRows rows, CellValues values) {
    List<String> notes = new ArrayList<>();
    EpochChoice epoch = mapping.epoch();
    if (epoch != null) {
      notes.add(epoch.sentence());
    }
    mapping.metrics().stream()
        .flatMap(metric -> Optional.ofNullable(metric.note()).stream())
        .forEach(notes::add);
    notes.addAll(values.repetitions());
    addCounts(notes);
    notes.addAll(values.gaps());
    DECIDING.stream()
        .filter(name -> !rows.has(name))
        .map(ImportNotes::withoutDeciding)
        .forEach(notes::add);
    addAxis(notes, "load", grid.reader().load());
    addAxis(notes, "temperature", grid.reader().temperature());
    if (!grid.unused().isEmpty()) {
      notes.add(
          "columns that the mapping does not name: "
              + String.join(", ", grid.unused().stream().limit(MOST_NAMED).toList())
              + (grid.unused().size() > MOST_NAMED
                  ? " and %d more".formatted(grid.unused().size() - MOST_NAMED)
                  : ""));
    }
    return notes;
  }

  private void addCounts(List<String> notes) {
    if (mapping.row() != RowKind.CELL) {
      return;
    }
    List<String> models = uncounted(Subject.MODEL);
    if (!models.isEmpty()) {
      notes.add(
          "the mapping does not say of how many runs a row is the mean (runs_per_cell), so each"
              + " value counts as one: "
              + String.join(", ", models));
    }
    List<String> pairs = uncounted(Subject.PAIR);
    if (!pairs.isEmpty()) {
      notes.add(
          "the mapping does not say of how many pairs a value is the mean (n), so each counts as"
              + " one: "
              + String.join(", ", pairs));
    }
  }

  private List<String> uncounted(Subject subject) {
    return mapping.metrics().stream()
        .filter(
            metric ->
                metric.subject() == subject && metric.count() == 0 && metric.countColumn() == null)
        .map(MetricMapping::name)
        .distinct()
        .toList();
  }

  private static String withoutDeciding(String metric) {
    return metric.equals("cka")
        ? "no column is cka (variant paper): converged, connected cells have no phase, as IV-A and"
            + " IV-B cannot be told apart"
        : "no column is %s as we define it: no cell has a phase".formatted(metric);
  }

  private static void addAxis(List<String> notes, String which, GridAxis axis) {
    String setting = axis.mapping().setting();
    if (axis.size() == 1) {
      notes.add(
          "the %s axis has a single value (%s %s): nothing can be said along it"
              .formatted(which, setting, axis.points().get(0).text()));
    }
    if (ModelSpec.getClassSchema().getField(setting) == null) {
      notes.add(
          "%s, the %s axis, is no setting of sweeps here: its cells cannot be trained here"
              .formatted(setting, which));
    }
  }
}
