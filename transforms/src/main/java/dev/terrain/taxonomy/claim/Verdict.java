package dev.terrain.taxonomy.claim;

/** What a sweep says of a claim. */
public enum Verdict {
  /** The sweep shows what the claim says, beyond its uncertainty. */
  SUPPORTED,
  /** The sweep shows the opposite, beyond its uncertainty. */
  CONTRADICTED,
  /** Something is missing, or the uncertainty is too large. */
  NOT_DECIDABLE
}
