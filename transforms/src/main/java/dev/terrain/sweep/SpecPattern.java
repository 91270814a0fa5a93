package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Settings by which people name a cell or a model: {@code width=4, batch_size=32}, and {@code seed
 * 1} (or {@code seed=1}) for one of its models.
 */
public final class SpecPattern {
  private static final Pattern SETTING =
      Pattern.compile(
          "\\G[\\s,]*([A-Za-z_]\\w*)(?:\\s*={1,2}\\s*|\\s+)(\\[[^\\]]*\\]|[^\\s,=]+)[\\s,]*");

  private final String text;
  private final Map<String, Object> values;

  private SpecPattern(String text, Map<String, Object> values) {
    this.text = text;
    this.values = values;
  }

  /** Whether a text is meant to name settings, and not to be an id. */
  public static boolean isMeantBy(String text) {
    return text.contains("=") || text.strip().contains(" ");
  }

  /**
   * Reads settings.
   *
   * @throws IllegalArgumentException if the text is no list of settings with values, names one
   *     twice, one that does not exist, or a value that it cannot have
   */
  public static SpecPattern parse(String text) {
    Map<String, Object> values = new LinkedHashMap<>();
    Matcher matcher = SETTING.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      if (values.put(name, value(text, name, matcher.group(2))) != null) {
        throw new IllegalArgumentException("'%s' has '%s' twice".formatted(text, name));
      }
      end = matcher.end();
    }
    if (end < text.length() || values.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' must be settings such as 'width=4, batch_size=32, seed 1'%s"
              .formatted(text, end == 0 ? "" : ", not with '" + text.substring(end) + "'"));
    }
    return new SpecPattern(text, values);
  }

  private static Object value(String text, String name, String value) {
    Schema.Field field = ModelSpec.getClassSchema().getField(name);
    if (field == null) {
      List<String> settings =
          ModelSpec.getClassSchema().getFields().stream().map(Schema.Field::name).toList();
      throw new IllegalArgumentException(
          "'%s': there is no setting '%s'%s"
              .formatted(
                  text,
                  name,
                  NearestKey.of(name, settings)
                      .map(nearest -> "; did you mean '" + nearest + "'?")
                      .orElse("")));
    }
    Setting setting = Setting.of(field);
    return SettingText.value(setting, value, name, new Problems(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s': %s must be %s, not %s"
                        .formatted(text, name, setting.allowedText(), value)));
  }

  /** Names of the settings. */
  public Set<String> names() {
    return values.keySet();
  }

  /** The seed, if one is named. */
  public OptionalLong seed() {
    return values.get(Setting.SEED) instanceof Long seed
        ? OptionalLong.of(seed)
        : OptionalLong.empty();
  }

  /** Whether a cell has all of the settings but for the seed. */
  public boolean matchesCell(ModelSpec spec) {
    return values.keySet().stream()
        .allMatch(name -> name.equals(Setting.SEED) || matches(name, spec));
  }

  /** Whether a model has this one of the settings. */
  public boolean matches(String name, ModelSpec spec) {
    return Objects.requireNonNull(values.get(name)).equals(spec.get(AxisValues.position(name)));
  }

  @Override
  public String toString() {
    return text;
  }
}
