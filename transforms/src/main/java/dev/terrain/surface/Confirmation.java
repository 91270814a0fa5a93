package dev.terrain.surface;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Believes results of the engine that are not finite only if a second computation of the same gives
 * the same bits: a number that overflows does so again, memory that was read before it was written
 * holds something else. Finite results cost one look at each of their numbers.
 *
 * @param subject of what things are computed, for the message
 */
public record Confirmation(String subject) {

  /**
   * A vector of numbers.
   *
   * @param what names it
   * @throws EngineFaultException if it is not finite, and another one when computed once more
   */
  public double[] vector(String what, Supplier<double[]> computation) {
    return of(what, computation, numbers -> new double[][] {numbers});
  }

  <T> T of(String what, Supplier<T> computation, Function<T, double[][]> numbers) {
    return of(what, computation.get(), computation, numbers);
  }

  /**
   * @param again computes the same anew, from nothing that the first computation left behind
   * @param numbers all numbers of a result
   */
  <T> T of(String what, T first, Supplier<T> again, Function<T, double[][]> numbers) {
    double[][] once = numbers.apply(first);
    for (double[] part : once) {
      if (!isFinite(part)) {
        compare(what, once, numbers.apply(again.get()));
        return first;
      }
    }
    return first;
  }

  private void compare(String what, double[][] once, double[][] twice) {
    for (int i = 0; i < once.length; i++) {
      int difference = Arrays.mismatch(once[i], twice[i]);
      if (difference >= 0) {
        throw new EngineFaultException(
            "%s of %s, component %d".formatted(what, subject, difference),
            Double.toString(once[i][difference]),
            Double.toString(twice[i][difference]));
      }
    }
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
