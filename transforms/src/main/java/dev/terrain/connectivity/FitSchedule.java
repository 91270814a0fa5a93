package dev.terrain.connectivity;

/**
 * Length and learning rate of the fit of a curve (the study's, after Garipov et al.: Loss surfaces,
 * mode connectivity, and fast ensembling of DNNs, 2018).
 *
 * @param epochs passes over the sample
 * @param learningRate base learning rate
 */
record FitSchedule(long epochs, double learningRate) {

  /**
   * The schedule for a data fraction f in (0, 1]: epochs · ⌊10/f⌋ / 10, rounded down, at least 1,
   * so that the number of steps hardly depends on f.
   */
  static FitSchedule of(int fullEpochs, double dataFraction, double learningRate) {
    long epochs = fullEpochs * (long) Math.floor(10 / dataFraction) / 10;
    return new FitSchedule(Math.max(1, epochs), learningRate);
  }

  /**
   * The learning rate of an epoch, counted from 1: the base rate for the first half, then falling
   * linearly to a hundredth of it at 90 percent of the epochs, where it stays.
   */
  double learningRate(long epoch) {
    double progress = epoch / (double) epochs;
    if (progress <= 0.5) {
      return learningRate;
    }
    if (progress <= 0.9) {
      return learningRate * (1 - 0.99 * (progress - 0.5) / 0.4);
    }
    return learningRate * 0.01;
  }
}
