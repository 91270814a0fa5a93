package dev.terrain.sweep;

import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong in a sweep as somebody writes it, though it could be run: a value that nothing
 * reads, or values for which there is nothing to measure. Frozen plans are not held to it.
 */
final class FileRules {
  private final Sweep sweep;
  private final List<PlacedAxis> axes;
  private final SweepSections sections;
  private final Problems problems;

  private FileRules(Sweep sweep, List<PlacedAxis> axes, SweepSections sections, Problems problems) {
    this.sweep = sweep;
    this.axes = axes;
    this.sections = sections;
    this.problems = problems;
  }

  /**
   * Reports which rules a sweep breaks.
   *
   * @param axes those axes of the sweep that could be read, with their places
   */
  static void check(Sweep sweep, List<PlacedAxis> axes, SweepSections sections, Problems problems) {
    FileRules rules = new FileRules(sweep, axes, sections, problems);
    if (!problems.under("base") && !problems.under("axes")) {
      axes.forEach(rules::checkEffect);
    }
    axes.forEach(rules::checkBase);
    if (!problems.under("seeds") && !problems.under("metrics")) {
      rules.checkPairs();
    }
    CheckReader.checkMetrics(sweep.getChecks(), sections.knownMetrics(), problems);
  }

  private void checkBase(PlacedAxis axis) {
    String path = "base." + axis.axis().getSetting();
    if (problems.isPlaced(path)) {
      problems.add(path, "is also the axis " + axis.path() + "; remove one of the two");
    }
  }

  /** An axis that changes nothing makes copies of cells. */
  private void checkEffect(PlacedAxis axis) {
    String setting = axis.axis().getSetting();
    SettingEffect.of(setting)
        .ifPresent(
            effect -> {
              List<Object> values =
                  effect.values(sweep, axes.stream().map(PlacedAxis::axis).toList());
              if (values.stream().noneMatch(effect::isHeld)) {
                problems.add(
                    axis.path(),
                    "%s has no effect where %s is %s; it matters where %s"
                        .formatted(
                            setting,
                            effect.of(),
                            values.stream()
                                .map(SettingText::plain)
                                .collect(Collectors.joining(" or ")),
                            effect));
              }
            });
  }

  /** A list of one seed may be meant to join others; a count of one is not. */
  private void checkPairs() {
    List<String> asked = sections.ofPairs(sweep);
    if (sweep.getSeeds().size() == 1
        && !problems.isPlaced("seeds[0]")
        && problems.isPlaced("metrics")
        && !asked.isEmpty()) {
      problems.add(
          "seeds",
          "1 makes no pairs of models, which the metrics %s are of; must be at least 2, or leave them out of metrics"
              .formatted(String.join(", ", asked)));
    }
  }
}
