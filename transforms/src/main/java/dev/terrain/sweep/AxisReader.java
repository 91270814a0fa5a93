package dev.terrain.sweep;

import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the axes of a sweep file: settings with a list of values or a geometric range. */
final class AxisReader {
  private static final List<String> RANGE_KEYS = List.of("from", "to", "points");

  private final Map<String, Setting> settings = Setting.of(ModelSpec.getClassSchema());
  private final Problems problems;
  private final ValueReader values;

  AxisReader(Problems problems) {
    this.problems = problems;
    this.values = new ValueReader(problems);
  }

  /** The load or temperature axis: exactly one setting, and a numeric one. */
  Optional<PlacedAxis> one(Node node, String path) {
    Optional<YamlMapping> mapping = mapping(node, path);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Node> axes = mapping.get().values();
    if (axes.size() != 1) {
      if (axes.size() > 1 || !problems.under(path)) {
        problems.add(node, path, "must have exactly one setting, not " + axes.size());
      }
      return Optional.empty();
    }
    String name = axes.keySet().iterator().next();
    if (!Objects.requireNonNull(settings.get(name)).isNumericScalar()) {
      problems.add(
          mapping.get().path(name), "must be a setting that is a number; this axis orders cells");
      return Optional.empty();
    }
    return axis(name, mapping.get());
  }

  /** Further axes: any number of settings of any kind. */
  List<PlacedAxis> several(Node node, String path) {
    List<PlacedAxis> axes = new ArrayList<>();
    mapping(node, path)
        .ifPresent(
            mapping ->
                mapping
                    .values()
                    .keySet()
                    .forEach(name -> axis(name, mapping).ifPresent(axes::add)));
    return axes;
  }

  private Optional<YamlMapping> mapping(Node node, String path) {
    return YamlMapping.of(node, path, settings.keySet(), problems);
  }

  private Optional<PlacedAxis> axis(String name, YamlMapping mapping) {
    String path = mapping.path(name);
    if (name.equals(Setting.SEED)) {
      problems.add(path, SweepReader.SEED_IS_NO_SETTING);
      return Optional.empty();
    }
    Setting setting = Objects.requireNonNull(settings.get(name));
    Node node = Objects.requireNonNull(mapping.values().get(name));
    return read(setting, node, path)
        .map(found -> new Axis(name, found.stream().map(SettingText::json).toList()))
        .map(axis -> new PlacedAxis(path, axis));
  }

  private Optional<List<Object>> read(Setting setting, Node node, String path) {
    boolean range = setting.isNumericScalar() && node instanceof MappingNode;
    if (range) {
      return range(setting, node, path);
    }
    if (node instanceof ScalarNode || node instanceof MappingNode) {
      String ranges = setting.isNumericScalar() ? " or a range {from: , to: , points: }" : "";
      problems.add(
          node, path, "must be a list of values" + ranges + ", not " + problems.describe(node));
      return Optional.empty();
    }
    Optional<List<Object>> list =
        values.list(
            node, path, ValueReader.MAX_ITEMS, (item, place) -> values.read(setting, item, place));
    if (list.isPresent() && list.get().isEmpty()) {
      problems.add(node, path, "must have at least one value");
      return Optional.empty();
    }
    return list;
  }

  private Optional<List<Object>> range(Setting setting, Node node, String path) {
    Optional<YamlMapping> read = YamlMapping.of(node, path, RANGE_KEYS, problems);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    YamlMapping mapping = read.get();
    for (String key : RANGE_KEYS) {
      if (mapping.get(key).isEmpty()) {
        problems.add(mapping.path(key), "is missing; a range is {from: , to: , points: }");
      }
    }
    Optional<BigDecimal> from = end(setting, mapping, "from");
    Optional<BigDecimal> to = end(setting, mapping, "to");
    Optional<Integer> points = points(mapping);
    if (from.isEmpty() || to.isEmpty() || points.isEmpty()) {
      return Optional.empty();
    }
    if (from.get().compareTo(to.get()) == 0) {
      String which = problems.quote(", not " + from.get() + " twice", "");
      problems.add(node, path, "must have different ends" + which);
      return Optional.empty();
    }
    Set<Object> distinct = new LinkedHashSet<>();
    for (BigDecimal value : GeometricRange.values(from.get(), to.get(), points.get())) {
      setting
          .convert(setting.isInteger() ? value.setScale(0, RoundingMode.HALF_UP) : value)
          .ifPresent(distinct::add);
    }
    return Optional.of(List.copyOf(distinct));
  }

  private Optional<BigDecimal> end(Setting setting, YamlMapping mapping, String key) {
    Optional<Node> node = mapping.get(key);
    Optional<BigDecimal> end =
        node.flatMap(found -> values.scalar(setting, found, mapping.path(key)))
            .map(value -> new BigDecimal(value.toString()));
    if (end.isPresent() && end.get().signum() <= 0) {
      problems.add(mapping.path(key), "must be above 0: the range is geometric");
      return Optional.empty();
    }
    return end;
  }

  private Optional<Integer> points(YamlMapping mapping) {
    Optional<Node> node = mapping.get("points");
    Optional<Integer> points =
        node.flatMap(ValueReader::number)
            .filter(number -> number.compareTo(BigDecimal.valueOf(GeometricRange.MIN_POINTS)) >= 0)
            .filter(number -> number.compareTo(BigDecimal.valueOf(GeometricRange.MAX_POINTS)) <= 0)
            .filter(number -> number.stripTrailingZeros().scale() <= 0)
            .map(BigDecimal::intValue);
    if (node.isPresent() && points.isEmpty()) {
      problems.add(
          mapping.path("points"),
          "must be an integer in ["
              + GeometricRange.MIN_POINTS
              + ", "
              + GeometricRange.MAX_POINTS
              + "], not "
              + problems.describe(node.get()));
    }
    return points;
  }
}
