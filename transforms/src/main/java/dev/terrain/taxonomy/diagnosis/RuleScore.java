package dev.terrain.taxonomy.diagnosis;

/**
 * How often a rule names the direction of the temperature that the grid itself shows.
 *
 * @param rule what it is, in words
 * @param fitted how many numbers were fitted to the same cells; with any, the score flatters
 * @param right cells in which it is right
 * @param cells all scored cells, at least 1
 */
public record RuleScore(String rule, int fitted, int right, int cells) {
  /** Right over all, in 0 … 1. */
  public double accuracy() {
    return right / (double) cells;
  }
}
