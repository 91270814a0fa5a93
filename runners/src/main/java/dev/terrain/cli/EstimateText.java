package dev.terrain.cli;

import dev.terrain.plan.TimeEstimate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Estimated times, for people and for programs. */
final class EstimateText {
  /** A narrower range says no more than "about". */
  private static final double WIDE = 1.5;

  private EstimateText() {}

  /** How long, without what is unknown: {@code about 2 min 10 s (1 min 20 s to 5 min 02 s)}. */
  static String of(TimeEstimate estimate) {
    Duration low = whole(estimate.low());
    Duration high = whole(estimate.high());
    boolean wide = high.toMillis() > WIDE * WIDE * low.toMillis();
    return "about "
        + Durations.text(whole(estimate.middle()))
        + (wide ? " (%s to %s)".formatted(Durations.text(low), Durations.text(high)) : "");
  }

  /** The same with what is unknown, and what it all rests on. */
  static String full(TimeEstimate estimate) {
    if (estimate.basis().isEmpty()) {
      return estimate.isWhole() ? "none" : "unknown until some are done";
    }
    String unknown =
        estimate.isWhole()
            ? ""
            : " without " + String.join(", ", estimate.unknown()) + ", of which nothing is known";
    return of(estimate) + unknown + ", " + estimate.basis().get().text();
  }

  /** Whole seconds, rounded up: what is left is never nothing. */
  static Duration whole(Duration duration) {
    return Duration.ofSeconds(duration.plusNanos(999_999_999).toSeconds());
  }

  /** Facts about an estimate; what is unknown is null. */
  static Map<String, Object> facts(TimeEstimate estimate) {
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean whole = estimate.isWhole();
    facts.put("estimated_seconds", whole ? seconds(estimate.middle()) : null);
    facts.put("estimated_seconds_low", whole ? seconds(estimate.low()) : null);
    facts.put("estimated_seconds_high", whole ? seconds(estimate.high()) : null);
    facts.put("estimated_from", estimate.basis().map(basis -> basis.name()).orElse(null));
    return facts;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
