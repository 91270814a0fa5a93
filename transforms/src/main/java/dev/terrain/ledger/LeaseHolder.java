package dev.terrain.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that holds leases.
 *
 * @param host name of its machine
 * @param pid its process id there
 * @param started when it started, in clock ticks since its machine was booted, which no change of
 *     the machine's clock moves; 0 where the operating system does not tell (without {@code /proc})
 */
record LeaseHolder(String host, long pid, long started) {
  static final LeaseHolder THIS_PROCESS =
      new LeaseHolder(
          thisHost(), ProcessHandle.current().pid(), started(ProcessHandle.current().pid()));

  /** In {@code /proc/<pid>/stat}, after the process's name and the bracket that ends it. */
  private static final int START_FIELD = 19;

  private static final Pattern TEXT =
      Pattern.compile("([^ ]{1,255}) ([0-9]{1,18}) ([0-9]{1,18}) [0-9]{1,18}");

  /** The holder that a lease names; empty if it is of another form. */
  static Optional<LeaseHolder> parse(byte[] lease) {
    Matcher words = TEXT.matcher(new String(lease, StandardCharsets.UTF_8));
    return words.matches()
        ? Optional.of(
            new LeaseHolder(
                words.group(1), Long.parseLong(words.group(2)), Long.parseLong(words.group(3))))
        : Optional.empty();
  }

  /**
   * What a lease of this holder holds.
   *
   * @param renewals how often it has been renewed; whoever sees that change knows the holder alive
   */
  byte[] lease(long renewals) {
    return (this + " " + renewals).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it ran on this machine and has ended; its process id may be another's by now. */
  boolean isGone() {
    return host.equals(THIS_PROCESS.host)
        && (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
            || started(pid) != started);
  }

  private static long started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[START_FIELD]);
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName().replace(' ', '-');
    } catch (UnknownHostException e) {
      // Then nobody takes a process of another machine for one of this.
      return "unknown-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    }
  }

  @Override
  public String toString() {
    return host + " " + pid + " " + started;
  }
}
