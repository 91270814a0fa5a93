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
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the document of a sweep file, section by section. */
final class SweepReader {
  static final String SEED_IS_NO_SETTING = "a sweep sets seeds with the key 'seeds'";

  static final List<String> AXES_KEYS = List.of("load", "temperature", "other");

  private final String defaultName;
  private final SweepSections sections;
  private final Problems problems;
  private final ValueReader values;
  private final AxisReader axisReader;
  private final List<PlacedAxis> placed = new ArrayList<>();

  SweepReader(String defaultName, SweepSections sections, Problems problems) {
    this.defaultName = defaultName;
    this.sections = sections;
    this.problems = problems;
    this.values = new ValueReader(problems);
    this.axisReader = new AxisReader(problems);
  }

  /** Keys of a sweep file. */
  private List<String> keys() {
    List<String> keys =
        new ArrayList<>(List.of("name", "base", "axes", "only", "seeds", "metrics"));
    keys.addAll(sections.keys());
    keys.addAll(List.of("taxonomy", CheckReader.KEY));
    return keys;
  }

  /** Those that hold the fields of one record of settings. */
  static List<String> sections(SweepSections sections) {
    List<String> keys = new ArrayList<>(List.of("base"));
    keys.addAll(sections.keys());
    keys.add("taxonomy");
    return keys;
  }

  /**
   * The sweep of a document.
   *
   * @throws InvalidSweepException with all that is wrong
   */
  Sweep read(Node root) {
    Optional<YamlMapping> found = YamlMapping.of(root, "", keys(), problems);
    problems.place("", root);
    if (found.isEmpty()) {
      problems.throwIfAny();
    }
    YamlMapping mapping = found.orElseThrow();
    IndexedRecord read = new GenericData.Record(sections.document());
    put(read, "name", name(mapping));
    axes(mapping, read);
    put(read, "only", only(mapping));
    put(read, "seeds", seeds(mapping));
    put(read, "metrics", metrics(mapping));
    for (String key : sections(sections)) {
      put(read, key, section(mapping, key));
    }
    put(read, CheckReader.KEY, CheckReader.read(mapping, problems));
    Sweep sweep = sections.sweep(read);
    SweepRules.check(sweep, placed, sections, problems);
    FileRules.check(sweep, placed, sections, problems);
    problems.throwIfAny();
    return sweep;
  }

  private static void put(IndexedRecord read, String field, Object value) {
    read.put(read.getSchema().getField(field).pos(), value);
  }

  private String name(YamlMapping mapping) {
    Setting setting = Setting.of(Sweep.getClassSchema(), "name");
    return (String)
        mapping
            .get("name")
            .flatMap(node -> values.scalar(setting, node, "name"))
            .orElse(defaultName);
  }

  private String only(YamlMapping mapping) {
    Setting setting = Setting.of(Sweep.getClassSchema(), "only");
    return (String)
        mapping.get("only").flatMap(node -> values.scalar(setting, node, "only")).orElse("");
  }

  private IndexedRecord section(YamlMapping mapping, String key) {
    Schema schema = sections.document().getField(key).schema();
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

  private void axes(YamlMapping mapping, IndexedRecord read) {
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
      axis.ifPresent(found -> put(read, key, found.axis()));
    }
    List<PlacedAxis> others =
        axes.get()
            .get("other")
            .map(found -> axisReader.several(found, "axes.other"))
            .orElse(List.of());
    placed.addAll(others);
    put(read, "other_axes", others.stream().map(PlacedAxis::axis).toList());
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
    Setting setting = sections.metrics();
    Set<Object> families = new HashSet<>(sections.familiesByDefault());
    mapping
        .get("metrics")
        .flatMap(node -> values.read(setting, node, "metrics"))
        .ifPresent(
            read -> {
              SweepRules.checkRepeats("metrics", (List<?>) read, problems);
              families.clear();
              families.addAll((List<?>) read);
              families.add(SweepSections.ALWAYS_MEASURED);
            });
    return setting.allowed().stream().filter(families::contains).toList();
  }
}
