package dev.terrain.beam.watch;

import dev.terrain.beam.units.StageCounters;
import dev.terrain.v1.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How watching calls itself: in the table of failures, the log and the counters. */
final class Watch {
  /** Stage of the failures of requests. */
  static final String STAGE = "watch";

  /** Says what a user follows: requests and finished cells. */
  static final Logger LOG = LoggerFactory.getLogger("dev.terrain.watch");

  private Watch() {}

  static Counter counter(String name) {
    return Metrics.counter(StageCounters.NAMESPACE, name);
  }

  /**
   * The failure of a request.
   *
   * @param message names the request
   */
  static Failure failure(String message, Throwable cause) {
    return Failure.newBuilder()
        .setStage(STAGE)
        .setExceptionClass(cause.getClass().getName())
        .setMessage(Objects.requireNonNull(message))
        .setAttempt(1)
        .setFailedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
        .build();
  }
}
