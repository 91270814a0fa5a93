package dev.terrain.engine;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a machine type of Google Compute Engine tells. */
final class MachineType {
  /** Series, then custom-vCPUs-memory or family-vCPUs, then what the machine has besides. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9]+-)?(?:custom-(?<custom>[0-9]+)-[0-9]+(?:-ext)?|[a-z]+-(?<vcpus>[0-9]+)(?:-[a-z0-9]+)?)");

  private MachineType() {}

  /** Number of vCPUs; empty if the name does not tell, as with shared cores and accelerators. */
  static OptionalInt vcpus(String name) {
    Matcher match = NAME.matcher(name);
    if (!match.matches()) {
      return OptionalInt.empty();
    }
    String number = match.group("custom") == null ? match.group("vcpus") : match.group("custom");
    return OptionalInt.of(Integer.parseInt(number));
  }
}
