package dev.terrain.report;

import dev.terrain.diagrams.SliceOrder;
import dev.terrain.report.DiagramData.CellData;
import dev.terrain.report.Findings.OfCell;
import dev.terrain.report.Findings.OfDiagram;
import dev.terrain.report.PageData.Axes;
import dev.terrain.report.PageData.Axis;
import dev.terrain.report.PageData.Link;
import dev.terrain.report.PageData.Seed;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the cells of a study into the phase diagrams of a page's JSON. */
final class Diagrams {
  /** Row by row. */
  static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::getTemperatureValue).thenComparing(Cell::getLoadValue);

  /** Digits that nobody sees would make up half of a large page. */
  private static final MathContext SEVEN_DIGITS = new MathContext(7);

  private final Sweep plan;
  private final CellValues values;
  private final List<Metric> metrics;
  private final Findings findings;
  private final Map<String, String> spectra;
  private final Map<String, List<Model>> models;
  private final String command;
  private final Axes axes;

  /**
   * The diagrams of some cells.
   *
   * @param metrics those whose values are given
   * @param spectra places of spectra on the page by the ids of their cells
   */
  Diagrams(
      Sweep plan,
      List<Cell> cells,
      CellValues values,
      List<Metric> metrics,
      List<Model> models,
      Findings findings,
      Map<String, String> spectra,
      Directions directions,
      boolean imported) {
    // Of an import there are no records to show.
    this.command = imported ? "terrain diagnose " : "terrain show ";
    this.plan = plan;
    this.values = values;
    this.metrics = metrics;
    this.findings = findings;
    this.spectra = spectra;
    this.models =
        models.stream()
            .filter(model -> model.getCellId() != null)
            .collect(Collectors.groupingBy(Model::getCellId));
    String load = plan.getLoad().getSetting();
    String temperature = plan.getTemperature().getSetting();
    this.axes =
        new Axes(
            new Axis(
                load,
                ascending(plan.getLoad(), cells.stream().map(Cell::getLoadValue)),
                directions.loadRises()),
            new Axis(
                temperature,
                ascending(plan.getTemperature(), cells.stream().map(Cell::getTemperatureValue)),
                directions.temperatureRises()));
  }

  Axes axes() {
    return axes;
  }

  /** The diagrams in the order of their slices. */
  List<DiagramData> all(Map<String, Grid> grids) {
    List<DiagramData> diagrams = new ArrayList<>();
    grids.forEach((name, grid) -> diagrams.add(diagram(name, grid)));
    return diagrams;
  }

  private DiagramData diagram(String name, Grid grid) {
    OfDiagram known = findings.diagrams().getOrDefault(name, OfDiagram.NONE);
    MapSentences sentences = new MapSentences(plan, grid.measured(), values);
    Map<String, String> below = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      String given = known.sentences().get(metric.key());
      below.put(metric.key(), given == null ? sentences.metric(metric) : given);
    }
    return new DiagramData(
        name,
        SliceOrder.settings(name),
        known.sentence() == null ? sentences.phases() : known.sentence(),
        grid.measured().stream().sorted(ORDER).map(this::cell).toList(),
        known.boundaries(),
        known.triple(),
        below);
  }

  private CellData cell(Cell cell) {
    OfCell known = findings.cells().getOrDefault(cell.getCellId(), OfCell.NONE);
    Map<String, List<@Nullable Object>> numbers = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      values
          .of(cell, metric)
          .ifPresent(row -> numbers.put(metric.key(), numbers(metric, cell, row)));
    }
    return new CellData(
        cell.getCellId(),
        axes.load().values().indexOf(cell.getLoadValue()),
        axes.temperature().values().indexOf(cell.getTemperatureValue()),
        cell.getLoadValue(),
        cell.getTemperatureValue(),
        Phase.of(cell.getPhase()).map(Phase::label).orElse(null),
        probability(cell, known),
        known.probabilities(),
        cell.getPhaseReason(),
        cell.getPhaseConfidence() == null ? cell.getPhaseConfidenceReason() : null,
        cell.getNModels(),
        cell.getNDiverged(),
        known.distances(),
        known.advice(),
        numbers,
        seeds(cell),
        links(cell));
  }

  /** That of the phase shown, by the finer of the two ways to tell it. */
  private static @Nullable Double probability(Cell cell, OfCell known) {
    Double given = cell.getPhase() == null ? null : known.probabilities().get(cell.getPhase());
    return given == null ? cell.getPhaseConfidence() : given;
  }

  private static List<@Nullable Object> numbers(Metric metric, Cell cell, CellMetric row) {
    List<@Nullable Object> numbers = new ArrayList<>();
    numbers.add(rounded(row.getMean()));
    numbers.add(rounded(row.getStd()));
    numbers.add(row.getN());
    numbers.add(rounded(row.getMeasurementError()));
    numbers.add(metric.all(cell, row));
    numbers.add(row.getMean() == null ? row.getReason() : null);
    while (numbers.get(numbers.size() - 1) == null) {
      numbers.remove(numbers.size() - 1);
    }
    return numbers;
  }

  private static @Nullable Double rounded(@Nullable Double value) {
    return Metric.finite(value)
        .map(finite -> BigDecimal.valueOf(finite).round(SEVEN_DIGITS).doubleValue())
        .orElse(null);
  }

  private List<Seed> seeds(Cell cell) {
    return models.getOrDefault(cell.getCellId(), List.of()).stream()
        .sorted(Comparator.comparing(Model::getSeed))
        .map(
            model ->
                new Seed(
                    model.getSeed(),
                    Objects.requireNonNullElse(model.getModelId(), ""),
                    model.getStatus() == ModelStatus.DIVERGED,
                    rounded(model.getTrainLoss()),
                    rounded(model.getTestAccuracy())))
        .toList();
  }

  private List<Link> links(Cell cell) {
    List<Link> links = new ArrayList<>();
    links.add(new Link(command + cell.getCellId(), null));
    String spectrum = spectra.get(cell.getCellId());
    if (spectrum != null) {
      links.add(new Link("spectrum of the curvature", "#" + spectrum));
    }
    return links;
  }

  private static List<Double> ascending(dev.terrain.v1.Axis axis, Stream<Double> measured) {
    Stream<Double> planned = axis.getValues().stream().map(Double::valueOf);
    return Stream.concat(planned, measured).distinct().sorted().toList();
  }

  /** The further axes: the values that the diagrams have, in their order. */
  static List<PageData.FurtherAxis> further(Collection<DiagramData> diagrams) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (DiagramData diagram : diagrams) {
      diagram
          .at()
          .forEach(
              (setting, value) -> {
                List<String> known = byName.computeIfAbsent(setting, name -> new ArrayList<>());
                if (!known.contains(value)) {
                  known.add(value);
                }
              });
    }
    SliceOrder order = new SliceOrder();
    byName.values().forEach(known -> known.sort(order));
    return byName.entrySet().stream()
        .map(entry -> new PageData.FurtherAxis(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  /** Places of spectra on the page by the ids of their cells. */
  static Map<String, String> anchors(List<SpectrumChoice.Shown> shown) {
    Map<String, String> anchors = new HashMap<>();
    for (int i = 0; i < shown.size(); i++) {
      anchors.put(shown.get(i).spectrum().getCellId(), "spectrum-" + (i + 1));
    }
    return anchors;
  }
}
