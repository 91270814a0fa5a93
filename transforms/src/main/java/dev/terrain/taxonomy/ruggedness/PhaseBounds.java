package dev.terrain.taxonomy.ruggedness;

/**
 * What can be said of the phase of an {@link EffectiveLandscape} in closed form, before any minimum
 * is looked for. With B_n = r Σ a_k w_kⁿ exp(-w_k² T/2) and A = r Σ a_k:
 *
 * <ul>
 *   <li>B_2 &lt; 1 makes L_T convex: one minimum, no barrier, full agreement. Where no frequency is
 *       a rational combination of the others, as drawn ones are not, L_T'' comes as near to 1 - B_2
 *       as one likes (Kronecker), so that B_2 &gt; 1 makes it not convex.
 *   <li>All minima m lie in |m| ≤ B_1, where the slope of the parabola can be undone.
 *   <li>Hence T/2 + A - B_0 ≤ L_T(m) ≤ T/2 + A + B_0 + B_1²/2, and
 *   <li>no barrier exceeds 2 B_0 + B_1²/4.
 * </ul>
 */
public final class PhaseBounds {
  private final EffectiveLandscape landscape;

  /** The bounds of a landscape. */
  public PhaseBounds(EffectiveLandscape landscape) {
    this.landscape = landscape;
  }

  /** B_2 &lt; 1. */
  public boolean isConvex() {
    return landscape.rippleBound(2) < 1;
  }

  /** B_1: no minimum is further from 0. */
  public double farthestMinimum() {
    return landscape.rippleBound(1);
  }

  /** No minimum has a lower loss than T/2 + A - B_0. */
  public double leastLoss() {
    return landscape.temperature() / 2 + landscape.meanRuggedness() - landscape.rippleBound(0);
  }

  /** No minimum has a higher loss than T/2 + A + B_0 + B_1²/2. */
  public double greatestLoss() {
    double farthest = farthestMinimum();
    return landscape.temperature() / 2
        + landscape.meanRuggedness()
        + landscape.rippleBound(0)
        + farthest * farthest / 2;
  }

  /**
   * No two minima have a higher barrier than this: 0 if the landscape is convex, else 2 B_0 +
   * B_1²/4.
   */
  public double greatestBarrier() {
    double farthest = farthestMinimum();
    return isConvex() ? 0 : 2 * landscape.rippleBound(0) + farthest * farthest / 4;
  }
}
