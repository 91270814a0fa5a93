package dev.terrain.run;

import dev.terrain.v1.CheckResult;
import java.util.List;
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
 * @param checks what came out of the sweep's checks of the tables
 * @param rows rows of the tables that this run wrote or found
 */
public record RunSummary(
    long remembered,
    long computed,
    long failed,
    long skipped,
    double seconds,
    boolean upToDate,
    List<CheckResult> checks,
    RunRows rows) {
  static RunSummary of(Map<String, Long> counters, double seconds) {
    return new RunSummary(
        sum(counters, "_remembered"),
        sum(counters, "_computed"),
        sum(counters, "_failed"),
        sum(counters, "_skipped"),
        seconds,
        false,
        List.of(),
        RunRows.NONE);
  }

  static RunSummary upToDate(long units, double seconds, List<CheckResult> checks, RunRows rows) {
    return new RunSummary(units, 0, 0, 0, seconds, true, checks, rows);
  }

  RunSummary withChecks(List<CheckResult> results) {
    return new RunSummary(remembered, computed, failed, skipped, seconds, upToDate, results, rows);
  }

  RunSummary withRows(RunRows own) {
    return new RunSummary(remembered, computed, failed, skipped, seconds, upToDate, checks, own);
  }

  /** Whether every check holds whose severity is 'error'. */
  public boolean checksHold() {
    return checks.stream()
        .allMatch(result -> result.getHeld() || !result.getCheck().getSeverity().equals("error"));
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
