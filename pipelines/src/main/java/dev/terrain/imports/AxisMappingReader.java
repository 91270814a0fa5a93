package dev.terrain.imports;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the section {@code axes} of a mapping file. */
final class AxisMappingReader {
  private static final List<String> SECTIONS = List.of("load", "temperature", "other");
  private static final List<String> ORDERED = List.of("setting", "column", "rises", "times");
  private static final List<String> FURTHER = List.of("setting", "column", "times", "text");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private final MappingProblems problems;

  AxisMappingReader(MappingProblems problems) {
    this.problems = problems;
  }

  /**
   * The axes of a mapping.
   *
   * @param load the load-like axis
   * @param temperature the temperature-like axis
   * @param others further ones
   */
  record Axes(AxisMapping load, AxisMapping temperature, List<AxisMapping> others) {}

  /** The axes; empty, with the problem collected, if one of the first two cannot be read. */
  Optional<Axes> read(Map<String, MappingValue> document) {
    MappingValue section = document.get("axes");
    if (section == null) {
      problems.add("axes", "is missing; it names the axes load and temperature");
      return Optional.empty();
    }
    Map<String, MappingValue> axes = section.mapping(SECTIONS);
    Optional<AxisMapping> load = ordered(section, axes, "load");
    Optional<AxisMapping> temperature = ordered(section, axes, "temperature");
    List<AxisMapping> others = new ArrayList<>();
    MappingValue other = axes.get("other");
    if (other != null) {
      for (MappingValue item : other.isMapping() ? List.of(other) : other.items()) {
        axis(item, item.mapping(FURTHER), false).ifPresent(others::add);
      }
    }
    if (load.isEmpty() || temperature.isEmpty()) {
      return Optional.empty();
    }
    Axes read = new Axes(load.get(), temperature.get(), List.copyOf(others));
    checkDistinct(read);
    return Optional.of(read);
  }

  private Optional<AxisMapping> ordered(
      MappingValue section, Map<String, MappingValue> axes, String key) {
    MappingValue value = axes.get(key);
    if (value == null) {
      section.problem("lacks '" + key + "': {setting: , column: , rises: }");
      return Optional.empty();
    }
    return axis(value, value.mapping(ORDERED), true);
  }

  private Optional<AxisMapping> axis(
      MappingValue value, Map<String, MappingValue> keys, boolean ordered) {
    if (!value.isMapping()) {
      return Optional.empty();
    }
    Optional<ColumnName> column =
        required(value, keys, "column", "the column with its values").flatMap(MappingValue::column);
    Optional<String> setting =
        required(value, keys, "setting", "what varies, such as width")
            .flatMap(MappingValue::text)
            .filter(name -> isName(keys, name));
    Optional<Boolean> rises =
        !ordered
            ? Optional.of(true)
            : required(
                    value,
                    keys,
                    "rises",
                    "true or false: whether "
                        + (value.path().endsWith("load") ? "load" : "temperature")
                        + " rises with the value")
                .flatMap(MappingValue::flag);
    MappingValue times = keys.get("times");
    Optional<BigDecimal> factor =
        times == null
            ? Optional.of(BigDecimal.ONE)
            : times.number("a number other than 0").filter(number -> isNotZero(times, number));
    MappingValue text = keys.get("text");
    boolean isText = text != null && text.flag().orElse(false);
    if (text != null && isText && times != null) {
      text.problem("texts cannot be multiplied; leave out 'times'");
    }
    return setting.isPresent() && column.isPresent() && rises.isPresent() && factor.isPresent()
        ? Optional.of(
            new AxisMapping(setting.get(), column.get(), rises.get(), factor.get(), isText))
        : Optional.empty();
  }

  private static Optional<MappingValue> required(
      MappingValue value, Map<String, MappingValue> keys, String key, String what) {
    MappingValue found = keys.get(key);
    if (found == null) {
      value.problem("lacks '" + key + "', " + what);
    }
    return Optional.ofNullable(found);
  }

  private static boolean isName(Map<String, MappingValue> keys, String name) {
    boolean well = NAME.matcher(name).matches();
    MappingValue value = keys.get("setting");
    if (!well && value != null) {
      value.problem("must be a name in lower_snake_case, not " + value.describe());
    }
    return well;
  }

  private static boolean isNotZero(MappingValue value, BigDecimal number) {
    if (number.signum() == 0) {
      value.problem("must be a number other than 0, not 0");
    }
    return number.signum() != 0;
  }

  private void checkDistinct(Axes axes) {
    List<AxisMapping> all = new ArrayList<>(List.of(axes.load(), axes.temperature()));
    all.addAll(axes.others());
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (all.get(i).setting().equals(all.get(j).setting())) {
          problems.add(all.get(i).column(), "two axes are called '" + all.get(i).setting() + "'");
        }
        if (all.get(i).column().name().equals(all.get(j).column().name())) {
          problems.add(
              all.get(i).column(), "two axes have the column '" + all.get(i).column().name() + "'");
        }
      }
    }
  }
}
