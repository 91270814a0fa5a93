package dev.terrain.stage;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import org.jspecify.annotations.Nullable;

/** Begins rows of the table of measurements with what all rows of one unit share. */
public final class MeasurementRows {
  private final Unit unit;
  private final int codeVersion;

  /**
   * Rows of a unit.
   *
   * @param codeVersion of its stage
   */
  public MeasurementRows(Unit unit, int codeVersion) {
    this.unit = unit;
    this.codeVersion = codeVersion;
  }

  /** A row about a model. Variant {@code default} and status OK, until they are set. */
  public Measurement.Builder ofModel(ModelRef model) {
    return begin(Subject.MODEL).setModelId(model.getModelId());
  }

  /** A row about a pair of models. Variant {@code default} and status OK, until they are set. */
  public Measurement.Builder ofPair(ModelRef first, ModelRef second) {
    return begin(Subject.PAIR).setModelId(first.getModelId()).setOtherModelId(second.getModelId());
  }

  /** A value that may not exist: null makes the row UNDEFINED for the reason given. */
  public static Measurement.Builder valueOr(
      Measurement.Builder row, @Nullable Double value, @Nullable String reason) {
    return value == null
        ? row.setStatus(MeasurementStatus.UNDEFINED).setReason(reason)
        : row.setValue(value).setStatus(MeasurementStatus.OK);
  }

  private Measurement.Builder begin(Subject subject) {
    return Measurement.newBuilder()
        .setSubject(subject)
        .setCellId(unit.getCellId())
        .setVariant("default")
        .setNExamples(0)
        .setNEvaluations(0)
        .setStatus(MeasurementStatus.OK)
        .setSeed(0)
        .setKey(unit.getKey())
        .setCodeVersion(codeVersion);
  }
}
