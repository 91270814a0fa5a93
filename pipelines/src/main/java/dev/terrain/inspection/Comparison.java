package dev.terrain.inspection;

import dev.terrain.ledger.Ledger;
import dev.terrain.taxonomy.MeanAndDeviation;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Two models or cells side by side, of one study or of two: their settings, what computed them, and
 * their metrics.
 *
 * @param settings settings that differ
 * @param provenance facts of the trainings that differ: versions, machine, data, weights
 * @param metrics every metric that one of them has
 */
public record Comparison(
    List<TextPair> settings, List<TextPair> provenance, List<MetricPair> metrics) {
  /** A fact of which each has its own; several values of one subject are joined by commas. */
  public record TextPair(String name, String first, String second) {}

  /**
   * A metric of both.
   *
   * @param name metric and, where there are several, variant
   * @param first over the first one's rows that have a value
   * @param second the same of the second one
   */
  public record MetricPair(String name, Values first, Values second) {
    /** The second mean less the first; null if one does not exist. */
    public Double difference() {
      return first.mean() == null || second.mean() == null ? null : second.mean() - first.mean();
    }
  }

  /**
   * Values of one metric.
   *
   * @param n how many
   * @param mean their mean; null without values
   * @param deviation their standard deviation; null with fewer than two
   */
  public record Values(int n, Double mean, Double deviation) {
    static Values of(Collection<Double> values) {
      MeanAndDeviation summary =
          MeanAndDeviation.of(values.stream().mapToDouble(Double::doubleValue).toArray());
      return new Values(values.size(), summary.mean(), summary.deviation());
    }
  }

  /**
   * Compares two subjects by what the ledgers of their studies hold.
   *
   * @throws IOException if a record cannot be read
   */
  public static Comparison of(
      StudySubject first, Ledger firstLedger, StudySubject second, Ledger secondLedger)
      throws IOException {
    List<UnitResult> one = records(first, firstLedger);
    List<UnitResult> other = records(second, secondLedger);
    return new Comparison(
        settings(first.models(), second.models()), provenance(one, other), metrics(one, other));
  }

  private static List<UnitResult> records(StudySubject subject, Ledger ledger) throws IOException {
    List<UnitResult> records = new ArrayList<>();
    for (var standing : subject.ownUnits()) {
      ledger.find(standing.unit().getStage(), standing.unit().getKey()).ifPresent(records::add);
    }
    return records;
  }

  private static List<TextPair> settings(List<ModelRef> first, List<ModelRef> second) {
    List<TextPair> pairs = new ArrayList<>();
    for (Schema.Field field : ModelSpec.getClassSchema().getFields()) {
      Function<ModelRef, Object> value = model -> model.getSpec().get(field.pos());
      add(pairs, field.name(), distinct(first, value), distinct(second, value));
    }
    return pairs;
  }

  private static List<TextPair> provenance(List<UnitResult> first, List<UnitResult> second) {
    List<TextPair> pairs = new ArrayList<>();
    add(pairs, first, second, "terrain_version", UnitResult::getTerrainVersion);
    add(pairs, first, second, "plugins", record -> String.join(", ", record.getPlugins()));
    add(pairs, first, second, "engine", UnitResult::getEngine);
    add(pairs, first, second, "engine_build", UnitResult::getEngineBuild);
    add(pairs, first, second, "arithmetic", UnitResult::getArithmetic);
    add(pairs, first, second, "processor", UnitResult::getProcessor);
    add(pairs, first, second, "instruction_set", UnitResult::getInstructionSet);
    add(pairs, first, second, "java_version", UnitResult::getJavaVersion);
    add(pairs, first, second, "os", UnitResult::getOs);
    add(pairs, first, second, "host", UnitResult::getHost);
    add(pairs, first, second, "device", UnitResult::getDevice);
    add(pairs, first, second, "threads", UnitResult::getThreads);
    add(pairs, first, second, "stack_size", UnitResult::getStackSize);
    add(
        pairs,
        first,
        second,
        "code_version",
        record -> record.getStage() + " " + record.getCodeVersion());
    List<Model> models = models(first);
    List<Model> others = models(second);
    add(pairs, models, others, "data_sha256", Model::getDataSha256);
    add(pairs, models, others, "checkpoint_sha256", Model::getCheckpointSha256);
    add(pairs, models, others, "stop_reason", Model::getStopReason);
    add(pairs, models, others, "epochs_run", Model::getEpochsRun);
    return pairs;
  }

  private static List<Model> models(List<UnitResult> records) {
    return records.stream().flatMap(record -> record.getModels().stream()).toList();
  }

  private static <T> void add(
      List<TextPair> pairs, List<T> first, List<T> second, String name, Function<T, Object> value) {
    add(pairs, name, distinct(first, value), distinct(second, value));
  }

  private static void add(List<TextPair> pairs, String name, String first, String second) {
    if (!first.equals(second)) {
      pairs.add(new TextPair(name, first, second));
    }
  }

  private static <T> String distinct(List<T> items, Function<T, Object> value) {
    Set<String> texts = new LinkedHashSet<>();
    items.stream().map(value).map(text -> Objects.toString(text, "unknown")).forEach(texts::add);
    return texts.isEmpty() ? "unknown" : String.join(", ", texts);
  }

  private static List<MetricPair> metrics(List<UnitResult> first, List<UnitResult> second) {
    Map<String, List<Double>> one = values(first);
    Map<String, List<Double>> other = values(second);
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names.stream()
        .map(
            name ->
                new MetricPair(
                    name,
                    Values.of(one.getOrDefault(name, List.of())),
                    Values.of(other.getOrDefault(name, List.of()))))
        .toList();
  }

  private static Map<String, List<Double>> values(List<UnitResult> records) {
    Map<String, List<Double>> values = new TreeMap<>();
    for (UnitResult record : records) {
      for (Measurement row : record.getMeasurements()) {
        String ofParameters = row.getParameters() == null ? "" : " " + row.getParameters();
        List<Double> ofMetric =
            values.computeIfAbsent(
                row.getMetric() + " " + row.getVariant() + ofParameters, name -> new ArrayList<>());
        if (row.getValue() != null) {
          ofMetric.add(row.getValue());
        }
      }
    }
    return values;
  }
}
