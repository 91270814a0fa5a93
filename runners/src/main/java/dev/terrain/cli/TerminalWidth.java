package dev.terrain.cli;

/** Width of the terminal, as the launcher has found it. */
final class TerminalWidth {
  private static final int COLUMNS = Integer.getInteger("terrain.columns", 80);

  private TerminalWidth() {}

  /** Characters that fit into a line of standard output; any number where it is no terminal. */
  @SuppressWarnings("SystemConsoleNull") // From Java 22 on output that is piped is cut as well.
  static int ofOutput() {
    return System.console() == null ? Integer.MAX_VALUE : COLUMNS;
  }
}
