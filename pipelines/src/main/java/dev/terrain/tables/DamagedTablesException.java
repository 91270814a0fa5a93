package dev.terrain.tables;

import java.io.IOException;

/**
 * Tables that are not what their run has written: a file is missing, changed, or of somebody else,
 * or nothing says what was written. The message names the file and says what to do.
 */
public final class DamagedTablesException extends IOException {
  private static final long serialVersionUID = 1;

  private DamagedTablesException(String message, Exception cause) {
    super(message, cause);
  }

  /** Tables that only a run can mend. */
  static DamagedTablesException of(String problem, Exception cause) {
    return new DamagedTablesException(
        problem
            + "; tables are derived: 'terrain run SWEEP --out STUDY --rebuild-tables' writes them"
            + " anew",
        cause);
  }

  /** Tables that are sound, but no longer those that were looked at first. */
  static DamagedTablesException replaced(Exception cause) {
    return new DamagedTablesException(
        "a run has put other tables in the place of these while they were read; read them again",
        cause);
  }
}
