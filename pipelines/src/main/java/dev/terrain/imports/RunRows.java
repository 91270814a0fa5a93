package dev.terrain.imports;

import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of single runs as rows of the table of measurements, so that an import loses none. A
 * grid does not say which other model a run was compared with, so the second model of a pair is
 * null; what a measurement cost is not known either, and 0.
 */
final class RunRows {
  private final Mapping mapping;
  private final String sha256;
  private final Instant now;

  /**
   * @param sha256 of the grid, a part of all keys
   */
  RunRows(Mapping mapping, String sha256, Instant now) {
    this.mapping = mapping;
    this.sha256 = sha256;
    this.now = now;
  }

  /** The rows of a cell, by run, then metric. */
  List<Measurement> of(GridCell cell) {
    String cellId = cell.identity().cellId();
    List<Measurement> rows = new ArrayList<>();
    for (GridRow run : cell.rows()) {
      String modelId = Fingerprints.of("imported model", cellId, run.run());
      String key = Fingerprints.of("imported run", sha256, run.line());
      for (int i = 0; i < mapping.metrics().size(); i++) {
        MetricMapping metric = mapping.metrics().get(i);
        boolean has = run.has(i);
        rows.add(
            Measurement.newBuilder()
                .setSubject(metric.subject())
                .setCellId(cellId)
                .setModelId(metric.subject() == Subject.CELL ? null : modelId)
                .setMetric(metric.name())
                .setVariant(metric.variant())
                .setValue(has ? Double.valueOf(run.value(i)) : null)
                .setNExamples(0)
                .setNEvaluations(0)
                .setStatus(has ? MeasurementStatus.OK : MeasurementStatus.UNDEFINED)
                .setReason(has ? null : "missing in line " + run.line() + " of the grid")
                .setUnit(metric.base().unit())
                .setSeed(0)
                .setKey(key)
                .setCodeVersion(0)
                .setDurationMs(0)
                .setComputedAt(now)
                .build());
      }
    }
    return rows;
  }
}
