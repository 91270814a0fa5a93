package dev.terrain.taxonomy.claim;

import org.hipparchus.special.Beta;

/** The exact two-sided sign test. */
final class SignTest {
  private SignTest() {}

  /**
   * The probability that n fair coins are at least as uneven as k heads to n - k tails.
   *
   * @param heads k, in 0 … n
   * @param coins n, at least 1
   */
  static double chance(int heads, int coins) {
    int more = Math.max(heads, coins - heads);
    return Math.min(1, 2 * Beta.regularizedBeta(0.5, more, coins - more + 1.0));
  }
}
