package dev.terrain.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A folder of this machine that an option names. */
final class LocalFolder {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private LocalFolder() {}

  /**
   * Makes sure that an address is that of a folder, or that a folder can be made there; one with a
   * scheme is not looked at.
   *
   * @param option what the user calls it
   * @param address null if the option was not given
   * @return the address
   * @throws IllegalArgumentException if something else is there, or where a folder around it should
   *     be
   */
  static String check(String option, String address) {
    if (address == null || SCHEME.matcher(address).matches()) {
      return address;
    }
    for (Path place = Path.of(address).toAbsolutePath();
        place != null && !Files.isDirectory(place);
        place = place.getParent()) {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalArgumentException(
            "%s (%s): %s is %s, not a folder".formatted(option, address, place, kind(place)));
      }
    }
    return address;
  }

  private static String kind(Path place) {
    if (!Files.exists(place)) {
      return "a link to something that is not there";
    }
    return Files.isRegularFile(place) ? "a file" : "a device, pipe or socket";
  }
}
