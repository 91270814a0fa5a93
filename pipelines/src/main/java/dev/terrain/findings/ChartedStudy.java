package dev.terrain.findings;

import dev.terrain.diagrams.StudyDiagrams;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.study.ImportedStudy;
import dev.terrain.tables.TableReader;
import dev.terrain.taxonomy.PhaseRule;
import dev.terrain.taxonomy.PhaseVerdict;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A study as its tables chart it, whether its models were trained here or its cells were imported.
 *
 * @param plan the sweep; of an import, one that has its axes, thresholds and number of runs, and
 *     defaults for everything else
 * @param load the load-like axis
 * @param temperature the temperature-like axis
 * @param imported where the cells come from; null if they were measured here
 * @param cells rows of the table of cells
 * @param metrics rows of the table of cells' metrics
 */
public record ChartedStudy(
    Sweep plan,
    DiagramAxis load,
    DiagramAxis temperature,
    ImportedStudy imported,
    List<Cell> cells,
    List<CellMetric> metrics) {
  private static final String SCHEDULE = "learning_rate_schedule";
  private static final String CONSTANT = "constant";

  /** Copies the rows. */
  public ChartedStudy {
    cells = List.copyOf(cells);
    metrics = List.copyOf(metrics);
  }

  /**
   * A study of a sweep.
   *
   * @throws IOException if the tables are missing or damaged
   */
  public static ChartedStudy of(Sweep plan, TableReader tables) throws IOException {
    return new ChartedStudy(
        plan,
        DiagramAxis.load(plan.getLoad().getSetting(), values(plan.getLoad())),
        DiagramAxis.temperature(plan.getTemperature().getSetting(), values(plan.getTemperature())),
        null,
        tables.read(Cell.class),
        tables.read(CellMetric.class));
  }

  /**
   * An imported study.
   *
   * @throws IOException if the tables are missing or damaged
   */
  public static ChartedStudy of(ImportedStudy imported, TableReader tables) throws IOException {
    return new ChartedStudy(
        imported.sweep(),
        new DiagramAxis(
            imported.load().getSetting(), values(imported.load()), imported.loadRises()),
        new DiagramAxis(
            imported.temperature().getSetting(),
            values(imported.temperature()),
            imported.temperatureRises()),
        imported,
        tables.read(Cell.class),
        tables.read(CellMetric.class));
  }

  private static List<Double> values(Axis axis) {
    return axis.getValues().stream().map(Double::valueOf).distinct().sorted().toList();
  }

  /** What its cells say together. */
  public StudyFindings findings() {
    return StudyFindings.of(
        new StudyDiagrams(MetricCatalogue.standard(), load, temperature).of(cells, metrics),
        plan.getTaxonomy(),
        isRateDecaying());
  }

  /**
   * The rows of the cells with the phases that they have by the thresholds of the findings, which
   * may be taken from the data. A cell whose phase changes so loses its confidence, which is one by
   * the thresholds of the plan.
   */
  public List<Cell> cells(StudyFindings findings) {
    TaxonomySettings found = findings.thresholds().settings();
    if (found.equals(plan.getTaxonomy())) {
      return cells;
    }
    PhaseRule rule = new PhaseRule(found);
    return cells.stream().map(cell -> sorted(cell, rule)).toList();
  }

  private static Cell sorted(Cell cell, PhaseRule rule) {
    PhaseVerdict verdict =
        rule.decide(cell.getTrainLossMean(), cell.getModeConnectivityMean(), cell.getCkaMean());
    String phase = verdict.phase() == null ? null : verdict.phase().label();
    Cell.Builder sorted = Cell.newBuilder(cell).setPhase(phase).setPhaseReason(verdict.reason());
    if (!Objects.equals(phase, cell.getPhase())) {
      sorted
          .setPhaseConfidence(null)
          .setPhaseConfidenceReason("the phase goes by a threshold that was taken from the data");
    }
    return sorted.build();
  }

  /** The plan with the thresholds of the findings. */
  public Sweep plan(StudyFindings findings) {
    return Sweep.newBuilder(plan).setTaxonomy(findings.thresholds().settings()).build();
  }

  /** Where the cells come from; empty if they were measured here. */
  public Optional<ImportedStudy> origin() {
    return Optional.ofNullable(imported);
  }

  /** Whether some model has another schedule than a constant one, as far as the axes tell. */
  private boolean isRateDecaying() {
    return Stream.concat(
            Stream.of(plan.getBase().getLearningRateSchedule()),
            plan.getOtherAxes().stream()
                .filter(axis -> axis.getSetting().equals(SCHEDULE))
                .flatMap(axis -> axis.getValues().stream())
                .map(value -> value.replace("\"", "")))
        .anyMatch(schedule -> !schedule.equals(CONSTANT));
  }
}
