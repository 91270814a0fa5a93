package dev.terrain.beam.units;

import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** Makes rows of the table of failures. */
public final class Failures {
  private Failures() {}

  /**
   * The failure of a unit: names its model, both models of a pair, or only the cell; and its part.
   *
   * @param attempt how often the unit has been tried
   */
  public static Failure of(Unit unit, Exception exception, int attempt) {
    List<ModelRef> models = unit.getModels();
    return row(unit.getStage(), exception)
        .setKey(unit.getKey())
        .setCellId(unit.getCellId())
        .setModelId(unit.getScope() == Subject.CELL ? null : models.get(0).getModelId())
        .setOtherModelId(unit.getScope() == Subject.PAIR ? models.get(1).getModelId() : null)
        .setPart(unit.getPart().isEmpty() ? null : unit.getPart())
        .setAttempt(attempt)
        .build();
  }

  /** The failure of a model for which not even a unit could be named. */
  public static Failure of(String stage, ModelSpec spec, Exception exception) {
    return row(stage, exception)
        .setCellId(Fingerprints.cellId(spec))
        .setModelId(Fingerprints.modelId(spec))
        .build();
  }

  /** The failure of what is done about a whole cell and is no unit of work. */
  public static Failure ofCell(String stage, String cellId, Exception exception) {
    return row(stage, exception).setCellId(cellId).build();
  }

  private static Failure.Builder row(String stage, Exception exception) {
    return Failure.newBuilder()
        .setStage(stage)
        .setExceptionClass(exception.getClass().getName())
        .setMessage(Objects.requireNonNullElse(exception.getMessage(), "no message"))
        .setAttempt(1)
        .setFailedAt(Instant.now().truncatedTo(ChronoUnit.MICROS));
  }
}
