package dev.terrain.ledger;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record of the ledger that cannot be read. The message names the file and what to do. */
public final class CorruptRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptRecordException(String file, String problem, @Nullable Throwable cause) {
    super(
        file
            + ": corrupt ledger record ("
            + problem
            + "); restore the file, or let 'terrain run --rerun-failed' compute the unit anew",
        cause);
  }
}
