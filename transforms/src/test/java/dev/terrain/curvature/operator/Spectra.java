package dev.terrain.curvature.operator;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Spectra whose traces and norms are sums that anyone can write down. */
public final class Spectra {
  private Spectra() {}

  /** f(1) … f(count). */
  public static double[] of(int count, IntToDoubleFunction f) {
    return IntStream.rangeClosed(1, count).mapToDouble(f).toArray();
  }

  /** Outliers 20, 18 … 2 and a bulk 0.5/i, a fifth of it negative. */
  public static double[] ofNetwork(int count) {
    return of(count, i -> i <= 10 ? 22 - 2.0 * i : (i % 5 == 0 ? -0.5 : 0.5) / (i - 10));
  }

  public static double trace(double[] values) {
    return Arrays.stream(values).sum();
  }

  public static double squares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }
}
