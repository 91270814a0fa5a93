package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.forms.SampleMean;
import dev.terrain.surface.Evaluation;

/** The increase L(θ + δ) − L(θ) of a mean loss over the same images. */
final class PairedIncrease {
  private PairedIncrease() {}

  /** The increase, with the error of the images' paired differences for δ as it is. */
  static SampleMean of(Evaluation from, Evaluation to) {
    double[] differences = new double[from.losses().length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = to.losses()[i] - from.losses()[i];
    }
    return SampleMean.of(differences);
  }
}
