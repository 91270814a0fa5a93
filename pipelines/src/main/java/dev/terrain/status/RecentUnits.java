package dev.terrain.status;

import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.RecordSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The units of one stage that ended of late, as their records in the ledger tell: at most {@value
 * #MOST}, of the last ten minutes.
 *
 * @param lastFinished when the last unit ended, however long ago; null if none has
 * @param units how many ended of late
 * @param work their computing times together
 * @param since when the first of them began; null if there are none
 * @param now when this was found out
 */
public record RecentUnits(
    Instant lastFinished, int units, Duration work, Instant since, Instant now) {
  /** Long enough for a rate, short enough for today's rate. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** Bounds the records that are read, which in a bucket takes a request each. */
  private static final int MOST = 100;

  static RecentUnits of(String stage, Ledger ledger, Instant now) throws IOException {
    List<String> keys = ledger.latestKeys(stage);
    RecentUnits recent = new RecentUnits(null, 0, Duration.ZERO, null, now);
    for (String key : keys.subList(0, Math.min(MOST, keys.size()))) {
      Optional<RecordSummary> record = find(ledger, stage, key);
      if (record.isPresent()) {
        recent = recent.plus(record.get());
        if (record.get().computedAt().isBefore(now.minus(WINDOW))) {
          break;
        }
      }
    }
    return recent;
  }

  private static Optional<RecordSummary> find(Ledger ledger, String stage, String key)
      throws IOException {
    try {
      return ledger.summary(stage, key);
    } catch (CorruptRecordException e) {
      // A run reports it; the other records tell the rate as well.
      return Optional.empty();
    }
  }

  private RecentUnits plus(RecordSummary record) {
    boolean aheadOfTime = record.computedAt().isAfter(now);
    Instant end = aheadOfTime ? now : record.computedAt();
    Instant last = lastFinished == null || end.isAfter(lastFinished) ? end : lastFinished;
    // A clock that went wrong, then or now, tells no rate.
    if (aheadOfTime || end.isBefore(now.minus(WINDOW))) {
      return new RecentUnits(last, units, work, since, now);
    }
    Duration time = Duration.ofMillis(record.durationMs());
    Instant begin = end.minus(time);
    return new RecentUnits(
        last,
        units + 1,
        work.plus(time),
        since == null || begin.isBefore(since) ? begin : since,
        now);
  }

  /** Units that end a minute, from the first one's beginning until now. */
  public double perMinute() {
    return units == 0 ? 0 : units * 60_000.0 / Math.max(1, Duration.between(since, now).toMillis());
  }
}
