package dev.terrain.taxonomy.claim;

import java.util.List;

/**
 * What a sweep says of one claim of the study.
 *
 * @param claim its number, {@code C1} to {@code C9}
 * @param statement the claim in one sentence
 * @param verdict the verdict
 * @param numbers what it rests on, or what is missing, in words and numbers
 * @param cells ids of the cells behind it, each once
 */
public record ClaimVerdict(
    String claim, String statement, Verdict verdict, String numbers, List<String> cells) {
  /** Copies the cells. */
  public ClaimVerdict {
    cells = List.copyOf(cells);
  }
}
