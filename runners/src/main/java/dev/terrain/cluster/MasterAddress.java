package dev.terrain.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Flink cluster takes jobs: the address of its JobManager's REST interface.
 *
 * @param host name or IPv4 address
 * @param port port, 1 to 65535
 */
public record MasterAddress(String host, int port) {
  private static final Pattern FORM = Pattern.compile("([^\\s:/\\[\\]]+):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if the text is of another form, or the port is out of range
   */
  public static MasterAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= LAST_PORT) {
        return new MasterAddress(matcher.group(1), port);
      }
    }
    throw new IllegalArgumentException(
        "--flink-master (%s) must be HOST:PORT, such as 127.0.0.1:8081".formatted(text));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
