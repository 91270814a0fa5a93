package dev.terrain.cli;

/** How progress is shown. */
enum ProgressStyle {
  /** A line that is kept up to date on a terminal, else {@link #plain}. */
  auto,
  /** A line that is kept up to date. */
  line,
  /** A new line now and then. */
  plain,
  /** Not at all. */
  none;

  /** Whether standard error is a terminal; Java cannot tell, so the launcher does. */
  private static final String TERMINAL_PROPERTY = "terrain.terminal";

  ProgressStyle resolve() {
    if (this != auto) {
      return this;
    }
    return Boolean.getBoolean(TERMINAL_PROPERTY) ? line : plain;
  }
}
