package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Models as people know them where no sweep says which settings are its axes. */
public final class SpecText {
  private SpecText() {}

  /**
   * The settings of a model that differ from the declared defaults, but for its seed: {@code
   * width=4, batch_size=32}; empty if none does.
   */
  public static String settings(ModelSpec spec) {
    return spec.getSchema().getFields().stream()
        .filter(field -> !field.name().equals(Setting.SEED) && differs(spec, field))
        .map(field -> field.name() + "=" + SettingText.plain(spec.get(field.pos())))
        .collect(Collectors.joining(", "));
  }

  private static boolean differs(ModelSpec spec, Schema.Field field) {
    Object standard = SpecificData.get().getDefaultValue(field);
    return !spec.get(field.pos()).equals(standard);
  }
}
