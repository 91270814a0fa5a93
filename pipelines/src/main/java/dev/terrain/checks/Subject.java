package dev.terrain.checks;

import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;

/** Names what a row speaks of, by ids that {@code terrain show} takes. */
final class Subject {
  private static final int DIGITS = 12;

  private Subject() {}

  static String of(Measurement row) {
    if (row.getModelId() == null) {
      return row.getMetric() + " of cell " + shorten(row.getCellId());
    }
    return row.getMetric()
        + (row.getParameters() == null ? "" : " (" + row.getParameters() + ")")
        + " of "
        + (row.getOtherModelId() == null
            ? "model " + shorten(row.getModelId())
            : pair(row.getModelId(), row.getOtherModelId()));
  }

  static String ofCell(String id) {
    return "cell " + shorten(id);
  }

  static String of(Model row) {
    return "model " + shorten(row.getModelId());
  }

  static String of(LossPath row) {
    return row.getKind() + " path of " + pair(row.getModelId(), row.getOtherModelId());
  }

  private static String pair(String model, String other) {
    return "models " + shorten(model) + " and " + shorten(other);
  }

  private static String shorten(String id) {
    return id.substring(0, Math.min(DIGITS, id.length()));
  }
}
