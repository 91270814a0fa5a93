package dev.terrain.inspection;

import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.UnitResult;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The values of a record by name, those aside that may differ from one computation to the next:
 * times, and what computed it.
 */
final class ResultValues {
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "duration_ms",
          "computed_at",
          "terrain_version",
          "engine",
          "engine_build",
          "arithmetic",
          "processor",
          "instruction_set",
          "java_version",
          "os",
          "device",
          "threads");

  private ResultValues() {}

  /** Names and values, rows in the order of the record; a value that does not exist is null. */
  static Map<String, Object> of(UnitResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    result.getModels().forEach(row -> add(values, "model", row));
    result.getMeasurements().forEach(row -> add(values, name(row), row));
    result.getSpectra().forEach(row -> add(values, name(row), row));
    result.getPaths().forEach(row -> add(values, name(row), row));
    return values;
  }

  private static String name(Measurement row) {
    return words(
        row.getMetric(),
        row.getVariant(),
        row.getParameters(),
        pair(row.getModelId(), row.getOtherModelId()));
  }

  private static String name(Spectrum row) {
    return words("spectrum", row.getOperator(), row.getParameters());
  }

  private static String name(LossPath row) {
    return words(row.getKind(), row.getVariant(), pair(row.getModelId(), row.getOtherModelId()));
  }

  private static String pair(String model, String other) {
    return other == null ? null : model.substring(0, 6) + "-" + other.substring(0, 6);
  }

  private static String words(Object... words) {
    return String.join(
        " ", Stream.of(words).filter(Objects::nonNull).map(Object::toString).toList());
  }

  private static void add(Map<String, Object> values, String name, SpecificRecord row) {
    for (Schema.Field field : row.getSchema().getFields()) {
      if (!NOT_COMPARED.contains(field.name())) {
        values.put(name + "." + field.name(), value(row.get(field.pos())));
      }
    }
  }

  private static Object value(Object value) {
    if (value instanceof Number number) {
      return List.of(number.doubleValue());
    }
    if (value instanceof Collection<?> elements
        && elements.stream().allMatch(Number.class::isInstance)) {
      return elements.stream().map(element -> ((Number) element).doubleValue()).toList();
    }
    return value == null ? null : value.toString();
  }

  /**
   * How far two values of one name are apart: the Euclidean norm of the difference over that of the
   * first one, 0 for what is equal, infinity for what cannot be compared.
   */
  static double relativeDifference(Object first, Object second) {
    if (Objects.equals(first, second)) {
      return 0;
    }
    if (first instanceof List<?> a && second instanceof List<?> b && a.size() == b.size()) {
      double[] x = numbers(a);
      double[] y = numbers(b);
      double[] difference = new double[x.length];
      Arrays.setAll(difference, i -> y[i] - x[i]);
      double norm = norm(x);
      return norm == 0 ? Double.POSITIVE_INFINITY : norm(difference) / norm;
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double[] numbers(List<?> values) {
    return values.stream().mapToDouble(value -> (Double) value).toArray();
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }
}
