package dev.terrain.taxonomy.ruggedness;

import dev.terrain.taxonomy.Phase;

/**
 * Where the phases of rugged convexity end. They are those of the taxonomy (Yang et al. 2021,
 * section 3.1) in the model's own units, except that a barrier counts alike whether the models have
 * converged or not: a path between minima never finds less than a barrier of 0.
 *
 * @param convergedLoss ε: converged below it
 * @param connectedBarrier β: connected up to it
 * @param similarAgreement s: alike from it on, in [0, 1]
 */
public record RuggednessThresholds(
    double convergedLoss, double connectedBarrier, double similarAgreement) {

  /** ε = 0.003, β = 0.00025, s = 0.65. */
  public static RuggednessThresholds standard() {
    return new RuggednessThresholds(0.003, 0.00025, 0.65);
  }

  /** The phase of a population with this mean loss, barrier and agreement. */
  public Phase phase(double loss, double barrier, double agreement) {
    boolean connected = barrier <= connectedBarrier;
    if (loss >= convergedLoss) {
      return connected ? Phase.II : Phase.I;
    }
    if (!connected) {
      return Phase.III;
    }
    return agreement >= similarAgreement ? Phase.IV_B : Phase.IV_A;
  }
}
