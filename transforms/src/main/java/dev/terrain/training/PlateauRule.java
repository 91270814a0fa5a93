package dev.terrain.training;

import dev.terrain.v1.ModelSpec;
import java.util.List;

/**
 * The study's early stop (section B): |l_e − l_{e−1}| at most the tolerance in each of the last k
 * epochs, and a least number of epochs run; l_e is the running training loss of epoch e.
 */
final class PlateauRule {
  private final boolean active;
  private final double tolerance;
  private final int epochs;
  private final int firstEpoch;

  private PlateauRule(boolean active, double tolerance, int epochs, int firstEpoch) {
    this.active = active;
    this.tolerance = tolerance;
    this.epochs = epochs;
    this.firstEpoch = firstEpoch;
  }

  static PlateauRule of(ModelSpec spec) {
    return new PlateauRule(
        spec.getStopRule().equals("plateau"),
        spec.getPlateauTolerance(),
        spec.getPlateauEpochs(),
        spec.getPlateauFirstEpoch());
  }

  /** Whether training ends after these epochs. */
  boolean reached(List<Double> losses) {
    int run = losses.size();
    if (!active || run < firstEpoch || run <= epochs) {
      return false;
    }
    for (int e = run - epochs; e < run; e++) {
      if (Math.abs(losses.get(e) - losses.get(e - 1)) > tolerance) {
        return false;
      }
    }
    return true;
  }
}
