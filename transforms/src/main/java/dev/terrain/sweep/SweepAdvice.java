package dev.terrain.sweep;

import dev.terrain.v1.Axis;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody may not expect of a sweep that is valid. */
public final class SweepAdvice {
  private SweepAdvice() {}

  /** Sentences about a sweep; usually none. */
  public static List<String> of(Sweep sweep) {
    List<String> advice = new ArrayList<>();
    List<String> ofPairs = SweepSections.ofProcess().ofPairs(sweep);
    if (sweep.getSeeds().size() == 1 && !ofPairs.isEmpty()) {
      advice.add(
          "one seed makes no pairs of models, so there will be no values of %s, and no phase that needs them; more seeds make pairs"
              .formatted(String.join(", ", ofPairs)));
    }
    List<Axis> axes =
        Stream.concat(
                Stream.of(sweep.getLoad(), sweep.getTemperature()), sweep.getOtherAxes().stream())
            .toList();
    for (Axis axis : axes) {
      SettingEffect.of(axis.getSetting())
          .ifPresent(
              effect -> {
                List<Object> without =
                    effect.values(sweep, axes).stream()
                        .filter(value -> !effect.isHeld(value))
                        .toList();
                if (!without.isEmpty()) {
                  advice.add(
                      "cells whose %s is %s do not differ along the axis %s"
                          .formatted(
                              effect.of(),
                              without.stream()
                                  .map(SettingText::plain)
                                  .collect(Collectors.joining(" or ")),
                              axis.getSetting()));
                }
              });
    }
    return advice;
  }
}
