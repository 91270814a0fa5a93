package dev.terrain.surface;

import java.util.Locale;

/**
 * How far the engine's float32 is from its float64: the largest ‖a₃₂ − a₆₄‖/‖a₆₄‖ met.
 *
 * @param gradient of gradients; infinite if one was not finite
 * @param product of Hessian-vector products; likewise
 */
public record ArithmeticDeviation(double gradient, double product) {
  /**
   * What right kernels stay far below (they show 1e-7 to 1e-5: sums of up to some ten thousand
   * terms), and wrong ones were never seen near (1e-2 and more).
   */
  public static final double ALLOWED = 1e-4;

  static final ArithmeticDeviation NONE = new ArithmeticDeviation(0, 0);

  /** Whether both are within what is allowed. */
  public boolean allowed() {
    return gradient <= ALLOWED && product <= ALLOWED;
  }

  ArithmeticDeviation max(ArithmeticDeviation other) {
    return new ArithmeticDeviation(
        Math.max(gradient, other.gradient), Math.max(product, other.product));
  }

  @Override
  public String toString() {
    return "gradients deviate by " + text(gradient) + ", Hessian products by " + text(product);
  }

  private static String text(double deviation) {
    return Double.isFinite(deviation)
        ? String.format(Locale.ROOT, "%.1e", deviation)
        : "what is not finite";
  }
}
