package dev.terrain.taxonomy.ruggedness;

import dev.terrain.taxonomy.Phase;
import java.util.List;

/**
 * A population of the one-dimensional model at one load and temperature.
 *
 * @param minima those of the effective landscape that starts reach, from left to right
 * @param loss E L_T(m): mean loss of the models, the noise of their steps included
 * @param curvature E L_T''(m)
 * @param barrier mean barrier between the minima of two independent starts, equal ones included
 * @param modeConnectivity mean of what the study measures between them, in units of the loss; minus
 *     the barrier where no better minimum lies between two
 * @param agreement mean similarity of the same, in [0, 1]
 * @param phase what the thresholds make of loss, barrier and agreement
 */
public record RuggedState(
    List<Double> minima,
    double loss,
    double curvature,
    double barrier,
    double modeConnectivity,
    double agreement,
    Phase phase) {

  /** Copies the minima. */
  public RuggedState {
    minima = List.copyOf(minima);
  }
}
