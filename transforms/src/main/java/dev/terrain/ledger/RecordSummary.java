package dev.terrain.ledger;

import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.UnitResult;
import java.time.Instant;

/**
 * What a plan needs to know of a record.
 *
 * @param hasDiverged whether it is a training that diverged
 * @param durationMs wall-clock time of the computation, in milliseconds
 * @param computedAt when the computation ended
 */
public record RecordSummary(boolean hasDiverged, long durationMs, Instant computedAt) {
  static RecordSummary of(UnitResult result) {
    return new RecordSummary(
        result.getModels().stream().anyMatch(row -> row.getStatus() == ModelStatus.DIVERGED),
        result.getDurationMs(),
        result.getComputedAt());
  }
}
