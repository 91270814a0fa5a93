package dev.terrain.plan;

import dev.terrain.plan.Pace.Basis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Time that something will take.
 *
 * @param low at best
 * @param middle as expected
 * @param high at worst
 * @param basis the weakest thing that it rests on; empty if it rests on nothing
 * @param unknown the stages whose part is not in it, as nothing is known of them
 */
public record TimeEstimate(
    Duration low, Duration middle, Duration high, Optional<Basis> basis, List<String> unknown) {
  /** Nothing is to be done. */
  public static final TimeEstimate NONE =
      new TimeEstimate(Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), List.of());

  /** Whether nothing is missing in it. */
  public boolean isWhole() {
    return unknown.isEmpty();
  }

  /** The time that is expected; empty if a part of it is unknown. */
  public Optional<Duration> whole() {
    return isWhole() ? Optional.of(middle) : Optional.empty();
  }

  /** The time of the work on so many workers, the longest unit of which cannot be shared out. */
  TimeEstimate shared(double workers, TimeEstimate longest) {
    return new TimeEstimate(
        share(low, workers, longest.low),
        share(middle, workers, longest.middle),
        share(high, workers, longest.high),
        basis,
        unknown);
  }

  private static Duration share(Duration work, double workers, Duration longest) {
    Duration shared = seconds(toSeconds(work) / workers);
    return shared.compareTo(longest) < 0 ? longest : shared;
  }

  static TimeEstimate of(double nominal, Pace pace) {
    return new TimeEstimate(
        seconds(nominal * pace.low()),
        seconds(nominal * pace.middle()),
        seconds(nominal * pace.high()),
        Optional.of(pace.basis()),
        List.of());
  }

  TimeEstimate plus(TimeEstimate other) {
    return new TimeEstimate(
        low.plus(other.low),
        middle.plus(other.middle),
        high.plus(other.high),
        basis.isEmpty()
            ? other.basis
            : other.basis.isEmpty() || basis.get().compareTo(other.basis.get()) > 0
                ? basis
                : other.basis,
        Stream.concat(unknown.stream(), other.unknown.stream()).toList());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(Math.min(seconds, 1e9) * 1e9));
  }

  private static double toSeconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
