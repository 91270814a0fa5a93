package dev.terrain.plan;

/** How a study stands with a unit of work, and so why a run computes it or does not. */
public enum UnitState {
  /** The ledger has its record. */
  DONE("nothing is to be done"),

  /** It has never been computed. */
  MISSING("'terrain run' computes it"),

  /** It was computed with another setting. */
  SPEC_CHANGED("put the setting back, or let 'terrain run' compute it"),

  /** It was computed by an earlier version of the stage's code. */
  CODE_VERSION("'terrain run' computes it anew; the earlier record stays until 'terrain gc'"),

  /** It was computed before the settings themselves changed their form. */
  SCHEMA_VERSION("'terrain run' computes it anew; the earlier record stays until 'terrain gc'"),

  /** A training that it builds on is missing. */
  UPSTREAM("it follows its training"),

  /** It failed. */
  FAILED("remove the cause; 'terrain run --rerun-failed' tries it again, however often it failed"),

  /** It is done, and is to be computed anew all the same. */
  FORCED("leave out --force"),

  /** Its record cannot be read. */
  CORRUPT("restore the file, or let 'terrain run --rerun-failed' compute it anew");

  private final String remedy;

  UnitState(String remedy) {
    this.remedy = remedy;
  }

  /** What makes it done, or keeps it from being computed. */
  public String remedy() {
    return remedy;
  }
}
