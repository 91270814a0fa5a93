package dev.terrain.sweep;

import dev.terrain.registry.Plugins;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** What must hold between the parts of a sweep, each of which is valid on its own. */
final class SweepRules {
  /** Models that a sweep may have. */
  static final long MAX_MODELS = 1_000_000;

  /** Characters that a sweep's name may have. */
  static final int MAX_NAME = 255;

  private static final String MILESTONES = "learning_rate_milestones";

  private final ModelSpec base;
  private final Map<String, PlacedAxis> axes = new LinkedHashMap<>();
  private final Problems problems;

  private SweepRules(ModelSpec base, Problems problems) {
    this.base = base;
    this.problems = problems;
  }

  /**
   * Reports which rules a sweep breaks.
   *
   * @param axes those axes of the sweep that could be read, with their places
   */
  static void check(Sweep sweep, List<PlacedAxis> axes, SweepSections sections, Problems problems) {
    checkName(sweep.getName(), problems);
    CheckReader.check(sweep.getChecks(), problems);
    SweepRules rules = new SweepRules(sweep.getBase(), problems);
    rules.checkAxes(axes);
    checkRepeats("seeds", sweep.getSeeds(), problems);
    rules.checkSize(sweep.getSeeds().size());
    rules.checkOnly(sweep);
    if (!problems.under("base") && !problems.under("axes")) {
      rules.checkHiddenWidths();
      rules.checkSchedule();
    }
    sections.check(sweep, problems);
  }

  private static void checkName(String name, Problems problems) {
    String ownName = problems.isPlaced("name") ? "" : "; give the sweep a name of its own";
    if (name.isEmpty() || name.length() > MAX_NAME) {
      problems.add("name", "must have 1 to " + MAX_NAME + " characters" + ownName);
    }
    VisibleText.refusal(name).ifPresent(refusal -> problems.add("name", refusal + ownName));
  }

  private void checkAxes(List<PlacedAxis> placed) {
    for (PlacedAxis axis : placed) {
      String setting = axis.axis().getSetting();
      PlacedAxis other = axes.putIfAbsent(setting, axis);
      if (other != null) {
        problems.add(axis.path(), setting + " is also the axis " + other.path());
      }
      checkRepeats(axis.path(), AxisValues.of(axis.axis()), problems);
    }
  }

  /** Reports which values of a list are there twice. */
  static void checkRepeats(String path, List<?> values, Problems problems) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(values.get(i))) {
        String which = problems.quote(SettingText.plain(values.get(i)), "this value");
        problems.add(path + "[" + i + "]", which + " is repeated");
      }
    }
  }

  private void checkSize(int seeds) {
    BigInteger models = BigInteger.valueOf(seeds);
    for (PlacedAxis axis : axes.values()) {
      models = models.multiply(BigInteger.valueOf(axis.axis().getValues().size()));
    }
    if (models.compareTo(BigInteger.valueOf(MAX_MODELS)) > 0) {
      problems.add(
          "axes", "the grid has " + models + " models, but at most " + MAX_MODELS + " may be");
    }
  }

  private void checkOnly(Sweep sweep) {
    if (sweep.getOnly().isEmpty() || problems.under("base") || problems.under("axes")) {
      return;
    }
    try {
      if (SpecFilter.parse(sweep.getOnly()).names(Setting.SEED)) {
        problems.add("only", "chooses cells, which have all seeds; it cannot name the seed");
      } else if (SweepExpansion.of(sweep).cellCount() == 0) {
        problems.add("only", "holds for no cell of the grid");
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          "only", problems.quote(String.valueOf(e.getMessage()), "is no condition on settings"));
    }
  }

  private void checkHiddenWidths() {
    boolean listed =
        values("hidden_widths").stream().anyMatch(value -> !((List<?>) value).isEmpty());
    for (String setting : List.of("width", "depth")) {
      if (listed && axes.containsKey(setting)) {
        problems.add(
            axes.get(setting).path(),
            setting + " has no effect where hidden_widths is set; remove one of the two");
      }
    }
  }

  private void checkSchedule() {
    List<String> free =
        Plugins.ofThisProcess().namesOfThoseReading(MILESTONES, "learning_rate_schedule");
    for (Object value : values(MILESTONES)) {
      List<?> milestones = (List<?>) value;
      if (!isAscending(milestones)) {
        report(MILESTONES, "must ascend", milestones);
      }
      for (Object schedule : values("learning_rate_schedule")) {
        boolean needed = schedule.equals("step");
        if (needed && milestones.isEmpty()) {
          report(MILESTONES, "schedule 'step' needs an epoch at least", milestones);
        } else if (!needed && !milestones.isEmpty() && !free.contains(schedule)) {
          report(MILESTONES, "schedule '" + schedule + "' allows none", milestones);
        }
      }
    }
  }

  private void report(String setting, String rule, List<?> value) {
    String path = axes.containsKey(setting) ? axes.get(setting).path() : "base." + setting;
    problems.add(path, rule + problems.quote(", not " + SettingText.plain(value), ""));
  }

  private static boolean isAscending(List<?> epochs) {
    for (int i = 1; i < epochs.size(); i++) {
      if ((Integer) epochs.get(i) <= (Integer) epochs.get(i - 1)) {
        return false;
      }
    }
    return true;
  }

  /** All values that a setting takes in the grid. */
  private List<Object> values(String name) {
    Schema.Field field = ModelSpec.getClassSchema().getField(name);
    return axes.containsKey(name)
        ? AxisValues.of(axes.get(name).axis())
        : List.of(base.get(field.pos()));
  }
}
