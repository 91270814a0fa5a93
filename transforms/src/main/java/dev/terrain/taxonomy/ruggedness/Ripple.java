package dev.terrain.taxonomy.ruggedness;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * One term a (1 + cos(w x + φ)) of the ruggedness of a landscape.
 *
 * @param amplitude a, above 0
 * @param frequency w, above 0, in radians for each unit of x
 * @param phase φ, in radians
 */
public record Ripple(double amplitude, double frequency, double phase) {

  /**
   * @throws IllegalArgumentException if amplitude or frequency is not positive and finite, or the
   *     phase is not finite
   */
  public Ripple {
    if (!(amplitude > 0 && frequency > 0)
        || !Double.isFinite(amplitude + frequency)
        || !Double.isFinite(phase)) {
      throw new IllegalArgumentException(
          "a ripple of amplitude %s, frequency %s and phase %s must have the first two positive and all finite"
              .formatted(amplitude, frequency, phase));
    }
  }

  /**
   * Ripples drawn from the stream (id, "ripples", 0). The logarithm of the k-th frequency is
   * uniform in the k-th of equal parts of [ln lowest, ln highest]; phases are uniform in [0, 2π);
   * amplitudes are proportional to 1/w, so that all frequencies have equal shares in the slope, and
   * their sum is 1.
   *
   * @param id names the draw
   * @param count ripples wanted, at least 1
   * @param lowest bound of the frequencies from below, above 0
   * @param highest bound of the frequencies from above, above {@code lowest}
   * @return in ascending order of frequency
   */
  public static List<Ripple> seeded(String id, int count, double lowest, double highest) {
    CounterRandom random = CounterRandom.of(id, "ripples", 0);
    double[] frequencies = new double[count];
    double[] phases = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double position = (k + random.nextDouble()) / count;
      frequencies[k] = lowest * StrictMath.pow(highest / lowest, position);
      phases[k] = 2 * StrictMath.PI * random.nextDouble();
      sum += 1 / frequencies[k];
    }
    List<Ripple> ripples = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      ripples.add(new Ripple(1 / frequencies[k] / sum, frequencies[k], phases[k]));
    }
    return List.copyOf(ripples);
  }
}
