package dev.terrain.checks;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the tables of a study, and the files of models that they name. A check holds if, of the
 * values that it examines, at least a share lies in a range; one that finds nothing to examine does
 * not hold.
 */
public final class TableChecks {
  private static final Map<String, List<Double>> RANGES =
      Map.of(
          "completeness", List.of(1.0, 1.0),
          "converged", List.of(1.0, 1.0),
          "diverged", List.of(0.0, 0.0),
          "weights", List.of(1.0, 1.0),
          "endpoint_error", List.of(0.0, 1.0),
          "trace_and_eigenvalues", List.of(-5.0, 5.0),
          "neighbours", List.of(0.0, 0.0));

  private final TableReader tables;
  private final PlannedUnits units;
  private final StoredWeights weights;

  /**
   * @param units what the tables should hold
   * @param weights of the models that the tables name
   */
  public TableChecks(TableReader tables, PlannedUnits units, StoredWeights weights) {
    this.tables = tables;
    this.units = units;
    this.weights = weights;
  }

  /**
   * Makes checks, in their order.
   *
   * @throws IOException if a table cannot be read; the message names it
   */
  public List<CheckResult> make(List<Check> checks) throws IOException {
    List<CheckResult> results = new ArrayList<>();
    for (Check check : checks) {
      Examination examination = new Examination(withRange(check));
      examine(check, examination);
      results.add(examination.result());
    }
    return results;
  }

  /**
   * The same, and after them those of others that find something to examine.
   *
   * @param others that nobody has asked for, such as {@link DefaultChecks}
   */
  public List<CheckResult> make(List<Check> checks, List<Check> others) throws IOException {
    return Stream.concat(
            make(checks).stream(), make(others).stream().filter(result -> result.getExamined() > 0))
        .toList();
  }

  private static Check withRange(Check check) {
    if (!check.getBetween().isEmpty()) {
      return check;
    }
    return Check.newBuilder(check)
        .setBetween(
            check.getCheck().equals("range") ? rangeOf(check) : RANGES.get(check.getCheck()))
        .build();
  }

  /** Where exact values of any variant that is looked at lie. */
  private static List<Double> rangeOf(Check check) {
    List<MetricInfo.Range> ranges =
        MetricCatalogue.standard().named(check.getMetric()).variants().stream()
            .filter(
                variant ->
                    check.getVariant().isEmpty() || check.getVariant().equals(variant.name()))
            .map(MetricInfo.Variant::range)
            .toList();
    return List.of(
        ranges.stream().mapToDouble(MetricInfo.Range::min).min().orElse(Double.NEGATIVE_INFINITY),
        ranges.stream().mapToDouble(MetricInfo.Range::max).max().orElse(Double.POSITIVE_INFINITY));
  }

  private void examine(Check check, Examination examination) throws IOException {
    switch (check.getCheck()) {
      case "completeness" -> examineCompleteness(examination);
      case "range" -> examineMetric(check, examination);
      case "converged" -> examineConvergence(check, examination);
      case "endpoint_error" -> examineEnds(examination);
      case "trace_and_eigenvalues" -> TraceScores.examine(tables, examination);
      case "neighbours" -> UnlikeNeighbours.examine(tables, examination);
      case "diverged" -> examineDivergence(examination);
      case "weights" -> examineWeights(examination);
      default -> throw new IllegalArgumentException("check (" + check.getCheck() + ") is unknown");
    }
  }

  private void examineCompleteness(Examination examination) throws IOException {
    Set<String> present = new HashSet<>();
    Set<String> diverged = new HashSet<>();
    tables.forEach(
        Table.MODELS,
        row -> {
          Model model = (Model) row;
          present.add(model.getKey());
          if (model.getStatus() == ModelStatus.DIVERGED) {
            diverged.add(model.getModelId());
          }
        });
    tables.forEach(Table.MEASUREMENTS, row -> present.add(((Measurement) row).getKey()));
    units.forEach(diverged, (key, name) -> examination.add(name, present.contains(key) ? 1 : 0));
  }

  private void examineDivergence(Examination examination) throws IOException {
    for (Model model : tables.read(Model.class)) {
      boolean diverged = model.getStatus() == ModelStatus.DIVERGED;
      examination.addVerdict(
          Subject.of(model) + (diverged ? " diverged" : " did not diverge"), diverged ? 1 : 0);
    }
  }

  private void examineWeights(Examination examination) throws IOException {
    for (Model model : tables.read(Model.class)) {
      if (model.getStatus() == ModelStatus.TRAINED) {
        Optional<String> fault = weights.fault(model.getModelId(), model.getCheckpointSha256());
        examination.addVerdict(
            fault.map(text -> Subject.of(model) + ": " + text).orElse(Subject.of(model)),
            fault.isEmpty() ? 1 : 0);
      }
    }
  }

  private void examineMetric(Check check, Examination examination) throws IOException {
    tables.forEach(
        Table.MEASUREMENTS,
        row -> {
          Measurement measurement = (Measurement) row;
          if (isOf(check, measurement) && measurement.getValue() != null) {
            examination.add(Subject.of(measurement), measurement.getValue());
          }
        });
  }

  private void examineConvergence(Check check, Examination examination) throws IOException {
    tables.forEach(
        Table.MEASUREMENTS,
        row -> {
          Measurement measurement = (Measurement) row;
          if (isOf(check, measurement)) {
            boolean ok = measurement.getStatus() == MeasurementStatus.OK;
            examination.add(Subject.of(measurement) + " is " + measurement.getStatus(), ok ? 1 : 0);
          }
        });
  }

  private static boolean isOf(Check check, Measurement row) {
    return (check.getMetric().isEmpty() || check.getMetric().equals(row.getMetric()))
        && (check.getVariant().isEmpty() || check.getVariant().equals(row.getVariant()));
  }

  private void examineEnds(Examination examination) throws IOException {
    tables.forEach(
        Table.PATHS,
        row -> {
          LossPath path = (LossPath) row;
          examination.add(Subject.of(path), path.getEndpointDeviation());
        });
  }
}
