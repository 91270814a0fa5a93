package dev.terrain.sweep;

import dev.terrain.v1.Sweep;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the document of a sweep file, section by section. */
final class SweepReader {
  static final String SEED_IS_NO_SETTING = "a sweep sets seeds with the key 'seeds'";

  /** Keys of a sweep file, and of its section {@code axes}. */
  static final List<String> KEYS =
      List.of(
          "name",
          "base",
          "axes",
          "seeds",
          "metrics",
          "curvature",
          "connectivity",
          "similarity",
          "taxonomy",
          "checks");

  /** Those that hold the fields of one record of settings. */
  static final List<String> SECTIONS =
      List.of("base", "curvature", "connectivity", "similarity", "taxonomy");

  static final List<String> AXES_KEYS = List.of("load", "temperature", "other");

  /** The family of metrics that comes with the training. */
  static final String ALWAYS_MEASURED = "losses";

  private final String defaultName;
  private final Problems problems;
  private final ValueReader values;
  private final AxisReader axisReader;
  private final List<PlacedAxis> placed = new ArrayList<>();

  SweepReader(String defaultName, Problems problems) {
    this.defaultName = defaultName;
    this.problems = problems;
    this.values = new ValueReader(problems);
    this.axisReader = new AxisReader(problems);
  }

  /**
   * The sweep of a document.
   *
   * @throws InvalidSweepException with all that is wrong
   */
  Sweep read(Node root) {
    Optional<YamlMapping> read = YamlMapping.of(root, "", KEYS, problems);
    problems.place("", root);
    if (read.isEmpty()) {
      problems.throwIfAny();
    }
    YamlMapping mapping = read.orElseThrow();
    Sweep sweep = new Sweep();
    put(sweep, "name", name(mapping));
    axes(mapping, sweep);
    put(sweep, "seeds", seeds(mapping));
    put(sweep, "metrics", metrics(mapping));
    for (String key : SECTIONS) {
      put(sweep, key, section(mapping, key));
    }
    put(sweep, "checks", CheckReader.read(mapping, problems));
    SweepRules.check(sweep, placed, problems);
    FileRules.check(sweep, placed, problems);
    problems.throwIfAny();
    return sweep;
  }

  private static void put(Sweep sweep, String field, Object value) {
    sweep.put(Sweep.getClassSchema().getField(field).pos(), value);
  }

  private String name(YamlMapping mapping) {
    Setting setting = Setting.of(Sweep.getClassSchema(), "name");
    return (String)
        mapping
            .get("name")
            .flatMap(node -> values.scalar(setting, node, "name"))
            .orElse(defaultName);
  }

  private IndexedRecord section(YamlMapping mapping, String key) {
    Schema schema = Sweep.getClassSchema().getField(key).schema();
    IndexedRecord record =
        mapping
            .get(key)
            .map(node -> new RecordReader(problems).read(schema, node, key))
            .orElseGet(() -> RecordReader.defaults(schema));
    if (problems.isPlaced(key + "." + Setting.SEED)) {
      problems.add(key + "." + Setting.SEED, SEED_IS_NO_SETTING);
    }
    return record;
  }

  private void axes(YamlMapping mapping, Sweep sweep) {
    Optional<Node> node = mapping.get("axes");
    if (node.isEmpty()) {
      problems.add("axes", "is missing; it names the axes load and temperature");
      return;
    }
    Optional<YamlMapping> axes = YamlMapping.of(node.get(), "axes", AXES_KEYS, problems);
    if (axes.isEmpty()) {
      return;
    }
    for (String key : List.of("load", "temperature")) {
      if (axes.get().get(key).isEmpty()) {
        problems.add("axes." + key, "is missing; it holds one setting and its values");
      }
      Optional<PlacedAxis> axis =
          axes.get().get(key).flatMap(found -> axisReader.one(found, "axes." + key));
      axis.ifPresent(placed::add);
      axis.ifPresent(found -> put(sweep, key, found.axis()));
    }
    List<PlacedAxis> others =
        axes.get()
            .get("other")
            .map(found -> axisReader.several(found, "axes.other"))
            .orElse(List.of());
    placed.addAll(others);
    put(sweep, "other_axes", others.stream().map(PlacedAxis::axis).toList());
  }

  private List<Long> seeds(YamlMapping mapping) {
    Optional<Node> found = mapping.get("seeds");
    if (found.isEmpty()) {
      problems.add("seeds", "is missing; it is a count of seeds or a list of them");
      return List.of();
    }
    Node node = found.get();
    Setting setting = Setting.of(Sweep.getClassSchema(), "seeds");
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      Optional<Object> seeds = values.read(setting, node, "seeds");
      return seeds.map(SweepReader::longs).orElse(List.of());
    }
    Optional<Integer> count =
        ValueReader.number(node)
            .filter(number -> number.signum() > 0)
            .filter(number -> number.compareTo(BigDecimal.valueOf(ValueReader.MAX_ITEMS)) <= 0)
            .filter(number -> number.stripTrailingZeros().scale() <= 0)
            .map(BigDecimal::intValue);
    if (count.isEmpty()) {
      problems.add(
          node,
          "seeds",
          "must be a count in [1, "
              + ValueReader.MAX_ITEMS
              + "] or a list of distinct seeds, not "
              + (node instanceof SequenceNode ? "an empty list" : problems.describe(node)));
    }
    return LongStream.range(0, count.orElse(0)).boxed().toList();
  }

  private static List<Long> longs(Object values) {
    return ((List<?>) values).stream().map(Long.class::cast).toList();
  }

  private List<String> metrics(YamlMapping mapping) {
    Setting setting = Setting.of(Sweep.getClassSchema(), "metrics");
    Set<Object> families = new HashSet<>(setting.allowed());
    mapping
        .get("metrics")
        .flatMap(node -> values.read(setting, node, "metrics"))
        .ifPresent(
            read -> {
              SweepRules.checkRepeats("metrics", (List<?>) read, problems);
              families.retainAll((List<?>) read);
              families.add(ALWAYS_MEASURED);
            });
    return setting.allowed().stream().filter(families::contains).toList();
  }
}
