package dev.terrain.pipelines;

import java.util.Map;

/**
 * What a run did.
 *
 * @param remembered units found in the ledger
 * @param computed units computed
 * @param failed units that failed
 * @param skipped missing units that were not to be computed
 * @param seconds wall-clock time of the pipeline, or of finding out that none is needed
 * @param upToDate whether there was nothing to compute and nothing to write, so that no pipeline
 *     ran
 */
public record RunSummary(
    long remembered, long computed, long failed, long skipped, double seconds, boolean upToDate) {
  static RunSummary of(Map<String, Long> counters, double seconds) {
    return new RunSummary(
        sum(counters, "_remembered"),
        sum(counters, "_computed"),
        sum(counters, "_failed"),
        sum(counters, "_skipped"),
        seconds,
        false);
  }

  static RunSummary upToDate(long units, double seconds) {
    return new RunSummary(units, 0, 0, 0, seconds, true);
  }

  private static long sum(Map<String, Long> counters, String ending) {
    return counters.entrySet().stream()
        .filter(counter -> counter.getKey().endsWith(ending))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Units handled. */
  public long units() {
    return remembered + computed + failed;
  }

  /** Units handled a second. */
  public double unitsPerSecond() {
    return units() / seconds;
  }
}
