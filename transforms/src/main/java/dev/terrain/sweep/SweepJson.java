package dev.terrain.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A resolved sweep as JSON, every setting present: the text of a study's plan. Equal sweeps have
 * equal texts.
 */
public final class SweepJson {
  private static final int MAX_CHARACTERS = 1 << 26;
  private static final JsonMapper MAPPER = new JsonMapper();

  private SweepJson() {}

  /** The sweep as JSON with its fields in the order of the schema, two blanks a level. */
  public static String write(Sweep sweep) {
    return print(tree(sweep));
  }

  /** The same as a tree. */
  public static ObjectNode tree(Sweep sweep) {
    return tree(sweep, SweepSections.ofProcess());
  }

  /** The same with other families of metrics than those of this process. */
  static ObjectNode tree(Sweep sweep, SweepSections sections) {
    ObjectNode tree =
        ((ObjectNode) json(sections.document(sweep))).remove(sections.unwritten(sweep));
    return sweep.getOnly().isEmpty() ? tree.without("only") : tree;
  }

  /**
   * The sweep of a file that {@link #write} made.
   *
   * @throws InvalidSweepException if the file cannot be read or holds no valid sweep
   */
  public static Sweep read(Path file) {
    return parse(SweepText.read(file, MAX_CHARACTERS), file.toString());
  }

  /**
   * The sweep of a text that {@link #write} made.
   *
   * @param source what messages call the text
   * @throws InvalidSweepException if it is no valid sweep, with all that is wrong
   */
  public static Sweep parse(String json, String source) {
    return parse(json, source, SweepSections.ofProcess());
  }

  /** The same with other families of metrics than those of this process. */
  static Sweep parse(String json, String source, SweepSections sections) {
    Problems problems = new Problems(source);
    Optional<Node> root = YamlText.compose(json, MAX_CHARACTERS, problems);
    problems.throwIfAny();
    problems.place("", root.orElseThrow());
    IndexedRecord read =
        new RecordReader(problems).read(sections.document(), root.orElseThrow(), "");
    problems.throwIfAny();
    Sweep sweep = sections.sweep(read);
    List<PlacedAxis> axes = new ArrayList<>();
    axes.add(new PlacedAxis("load.values", sweep.getLoad()));
    axes.add(new PlacedAxis("temperature.values", sweep.getTemperature()));
    for (int i = 0; i < sweep.getOtherAxes().size(); i++) {
      axes.add(new PlacedAxis("other_axes[" + i + "].values", sweep.getOtherAxes().get(i)));
    }
    for (int i = 0; i < axes.size(); i++) {
      check(axes.get(i), i < 2, problems);
    }
    if (sweep.getSeeds().isEmpty()) {
      problems.add("seeds", "must have at least one seed");
    }
    problems.throwIfAny();
    SweepRules.check(sweep, axes, sections, problems);
    problems.throwIfAny();
    return sweep;
  }

  private static void check(PlacedAxis placed, boolean numeric, Problems problems) {
    Axis axis = placed.axis();
    Map<String, Setting> settings = Setting.of(ModelSpec.getClassSchema());
    Setting setting = settings.get(axis.getSetting());
    if (setting == null
        || setting.name().equals(Setting.SEED)
        || (numeric && !setting.isNumericScalar())) {
      problems.add(placed.path(), "'" + axis.getSetting() + "' is no setting of such an axis");
      return;
    }
    if (axis.getValues().isEmpty()) {
      problems.add(placed.path(), "must have at least one value");
    }
    for (int i = 0; i < axis.getValues().size(); i++) {
      String path = placed.path() + "[" + i + "]";
      SettingText.value(setting, axis.getValues().get(i), path, problems);
    }
  }

  /** A tree as text, two blanks a level, with a line end after it. */
  public static String print(JsonNode tree) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value of an Avro record as a tree. */
  static JsonNode json(Object value) {
    if (value instanceof IndexedRecord record) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Schema.Field field : record.getSchema().getFields()) {
        object.set(field.name(), json(record.get(field.pos())));
      }
      return object;
    }
    if (value instanceof Iterable<?> items) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(json(item)));
      return array;
    }
    return value instanceof Number
        ? DecimalNode.valueOf(new BigDecimal(SettingText.plain(value)))
        : TextNode.valueOf((String) value);
  }
}
