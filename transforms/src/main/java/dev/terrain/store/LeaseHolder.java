package dev.terrain.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that holds leases.
 *
 * @param host name of its machine
 * @param pid its process id there
 * @param started when it started, milliseconds since 1970, as its machine tells it; 0 if unknown
 */
record LeaseHolder(String host, long pid, long started) {
  static final LeaseHolder THIS_PROCESS =
      new LeaseHolder(thisHost(), ProcessHandle.current().pid(), started(ProcessHandle.current()));

  /**
   * The operating system tells the start to a hundredth of a second, after a boot to the second.
   */
  private static final long CLOCK_TOLERANCE_MS = 2_000;

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

  /** Whether it ran on this machine and has ended. */
  boolean isGone() {
    return host.equals(THIS_PROCESS.host)
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> Math.abs(started(process) - started) <= CLOCK_TOLERANCE_MS)
            .isEmpty();
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
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
