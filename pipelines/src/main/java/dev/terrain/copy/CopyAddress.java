package dev.terrain.copy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;

/** An address as Beam's file systems take it: a path from the root, or a URI of a known scheme. */
final class CopyAddress {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");

  /** What Beam takes for a pattern of names. */
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}]");

  /**
   * Addresses of the file systems that Beam's modules bring; which are there, Beam does not say.
   */
  private static final List<String> KNOWN =
      List.of("gs://bucket/x", "s3://bucket/x", "azfs://account/container/x", "hdfs://host/x");

  private CopyAddress() {}

  /**
   * Checks an address, without a look at what is there; Beam must have been told its options.
   *
   * @return the address without a slash at its end
   * @throws IllegalArgumentException if there is no file system for it
   */
  static String parse(String given) {
    if (given.isBlank()) {
      throw problem(given, "an empty address");
    }
    if (WILDCARD.matcher(given).find()) {
      throw problem(given, "an address without * ? [ ] { } is needed");
    }
    Matcher scheme = SCHEME.matcher(given);
    if (!scheme.matches()) {
      return Path.of(given).toAbsolutePath().normalize().toString();
    }
    if (!scheme.group(2).startsWith("/")) {
      throw problem(given, "not of the form " + scheme.group(1) + "://PLACE/FOLDER");
    }
    if (scheme.group(1).equals("file")) {
      return Path.of(URI.create(given)).normalize().toString();
    }
    if (!isServed(given.replaceFirst("/*$", "/x"))) {
      throw problem(
          given,
          "no file system for %s:// is on the class path, or it does not take this address; there are a folder, %s"
              .formatted(scheme.group(1), available()));
    }
    return given.replaceFirst("/+$", "");
  }

  private static boolean isServed(String file) {
    try {
      FileSystems.matchNewResource(file, false);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String available() {
    return KNOWN.stream()
        .filter(CopyAddress::isServed)
        .map(address -> address.substring(0, address.indexOf("://") + 3))
        .collect(Collectors.joining(", "));
  }

  private static IllegalArgumentException problem(String given, String problem) {
    return new IllegalArgumentException("copy of the tables to '%s': %s".formatted(given, problem));
  }
}
