package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.Map;

/**
 * Checks specs that come as records and not as text, each as the base of a sweep is checked. What
 * it finds repeats no value. Not for several threads at once.
 */
public final class SpecCheck {
  private static final Map<String, Setting> SETTINGS = Setting.of(ModelSpec.getClassSchema());
  private static final int BASE = Sweep.getClassSchema().getField("base").pos();

  private final Sweep sweep;

  /**
   * @param frame a valid sweep, but for axes and seeds, which need not be there
   */
  public SpecCheck(Sweep frame) {
    this.sweep = Sweep.newBuilder(frame).build();
  }

  /** What is wrong with a spec; nothing if it is valid. */
  public List<Problem> problems(ModelSpec spec) {
    Problems problems = new Problems("", false);
    SETTINGS
        .values()
        .forEach(setting -> check(setting, spec.get(setting.field().pos()), "base.", problems));
    if (problems.isEmpty()) {
      sweep.put(BASE, spec);
      SweepRules.check(sweep, List.of(), SweepSections.ofProcess(), problems);
    }
    return problems.found();
  }

  private static void check(Setting setting, Object value, String section, Problems problems) {
    List<?> items = setting.isList() ? (List<?>) value : List.of(value);
    if (items.size() > ValueReader.MAX_ITEMS) {
      problems.add(section + setting.name(), "at most " + ValueReader.MAX_ITEMS + " items may be");
    } else if (!items.stream().allMatch(setting::allows)) {
      problems.add(section + setting.name(), "must be " + setting.allowedText());
    }
  }
}
