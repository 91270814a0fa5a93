package dev.terrain.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Where commands print data. */
final class StandardOutput {
  private StandardOutput() {}

  /**
   * A writer in the locale's encoding; in UTF-8 if that is plain ASCII, as in most containers,
   * where names and formulae would become question marks.
   */
  static PrintWriter writer() {
    Charset charset = Charset.defaultCharset();
    return new PrintWriter(
        System.out,
        true,
        charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
  }
}
