package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Subject;
import java.time.Instant;

/** Measurement rows of the cell {@code cell}. */
final class Rows {
  private Rows() {}

  static Measurement ofModel(String metric, String model, double value) {
    return row(metric, "default", model, null).setValue(value).build();
  }

  static Measurement ofPair(
      String metric, String variant, String model, String other, double value) {
    return row(metric, variant, model, other).setValue(value).build();
  }

  static Measurement.Builder row(String metric, String variant, String model, String other) {
    return Measurement.newBuilder()
        .setSubject(other == null ? Subject.MODEL : Subject.PAIR)
        .setCellId("cell")
        .setModelId(model)
        .setOtherModelId(other)
        .setMetric(metric)
        .setVariant(variant)
        .setNExamples(100)
        .setNEvaluations(1)
        .setStatus(MeasurementStatus.OK)
        .setUnit("1")
        .setSeed(0)
        .setKey("key")
        .setCodeVersion(1)
        .setDurationMs(1)
        .setComputedAt(Instant.EPOCH);
  }
}
