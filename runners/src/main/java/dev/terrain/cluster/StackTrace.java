package dev.terrain.cluster;

import java.util.Optional;

/** A stack trace as text, as a cluster tells it. */
final class StackTrace {
  private static final String CAUSE = "Caused by: ";

  private StackTrace() {}

  /** The line of the innermost cause; empty if the text is empty. */
  static Optional<String> rootCause(String text) {
    String found = "";
    for (String line : text.lines().toList()) {
      if (found.isEmpty() || line.startsWith(CAUSE)) {
        found = line;
      }
    }
    String cause = found.startsWith(CAUSE) ? found.substring(CAUSE.length()) : found;
    return cause.isBlank() ? Optional.empty() : Optional.of(cause.strip());
  }
}
