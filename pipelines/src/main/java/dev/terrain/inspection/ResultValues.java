package dev.terrain.inspection;

import dev.terrain.v1.RowIdentity;
import dev.terrain.v1.UnitResult;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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

  private static final String MODEL = "model_id";
  private static final String OTHER_MODEL = "other_model_id";
  private static final int DIGITS = 6;

  private ResultValues() {}

  /** Names and values, rows in the order of the record; a value that does not exist is null. */
  static Map<String, Object> of(UnitResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    result.getModels().forEach(row -> add(values, "model", row));
    addAll(values, null, result.getMeasurements());
    addAll(values, "spectrum", result.getSpectra());
    addAll(values, null, result.getPaths());
    return values;
  }

  /** Rows of one table; what tells them apart by its schema is part of their names. */
  private static void addAll(
      Map<String, Object> values, String kind, List<? extends SpecificRecord> rows) {
    List<Map<String, String>> identities = rows.stream().map(ResultValues::identity).toList();
    boolean ofOneModel =
        identities.stream().map(columns -> columns.get(MODEL)).distinct().count() <= 1;
    for (int i = 0; i < rows.size(); i++) {
      add(values, name(kind, identities.get(i), ofOneModel), rows.get(i));
    }
  }

  private static Map<String, String> identity(SpecificRecord row) {
    RowIdentity identity = RowIdentity.of(row.getSchema());
    Map<String, String> columns = new LinkedHashMap<>();
    List<String> values = identity.of(row);
    for (int i = 0; i < values.size(); i++) {
      columns.put(identity.columns().get(i), values.get(i));
    }
    return columns;
  }

  /** Such as {@code cka paper 1a2b3c-4d5e6f}; all rows are of the unit's cell. */
  private static String name(String kind, Map<String, String> identity, boolean ofOneModel) {
    Map<String, String> words = new LinkedHashMap<>(identity);
    words.keySet().removeAll(Set.of("subject", "cell_id", MODEL, OTHER_MODEL));
    String model = identity.get(MODEL);
    String other = identity.get(OTHER_MODEL);
    return Stream.concat(
            Stream.concat(Stream.of(Objects.requireNonNullElse(kind, "")), words.values().stream()),
            Stream.of(
                other != null
                    ? shorten(model) + "-" + shorten(other)
                    : model == null || ofOneModel ? "" : shorten(model)))
        .filter(word -> word != null && !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String shorten(String id) {
    return id.substring(0, Math.min(id.length(), DIGITS));
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
