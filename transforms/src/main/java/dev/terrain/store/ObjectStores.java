package dev.terrain.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens {@linkplain ObjectStore stores} by their address. */
public final class ObjectStores {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//)?.*");
  private static final String QUERY = "?endpoint=";
  private static final Pattern ENDPOINT = Pattern.compile("https?://[^?/ ]+/?");
  private static final Pattern GCS =
      Pattern.compile("gs://([^/?]+)(?:/([^?]*?))?/*(?:[?]endpoint=(https?://[^?]+))?");

  private ObjectStores() {}

  /**
   * The store at an address. Nothing is created or contacted before the store is used.
   *
   * @param address a path, a {@code file:} URI, or {@code gs://bucket/prefix}; Google Cloud Storage
   *     is reached with the application's default credentials, or, if the address ends in {@code
   *     ?endpoint=} and the URL of another server, there and without credentials
   * @throws IllegalArgumentException if the address is empty, malformed or of another scheme
   */
  public static ObjectStore open(String address) {
    if (address.isBlank()) {
      throw new IllegalArgumentException(
          "an empty address: a path, a file: URI or gs://bucket/prefix is needed");
    }
    Matcher scheme = SCHEME.matcher(address);
    String kind = scheme.matches() ? scheme.group(1) : "";
    if (kind.equals("file")) {
      return new LocalStore(Path.of(URI.create(address)));
    }
    if (kind.equals("gs")) {
      return google(address);
    }
    if (!kind.isEmpty() && scheme.group(2) != null) {
      throw new IllegalArgumentException(
          address + ": a path, a file: URI or gs://bucket/prefix is needed");
    }
    return new LocalStore(Path.of(address));
  }

  /**
   * An address as it is understood from any working folder: an absolute path, or a {@code gs://}
   * address without an endpoint.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static String absolute(String address) {
    String name = "x";
    String uri = open(address).uri(name);
    return uri.substring(0, uri.length() - name.length() - 1);
  }

  private static ObjectStore google(String address) {
    Matcher parts = GCS.matcher(address);
    if (!parts.matches()) {
      throw new IllegalArgumentException(address + ": not of the form gs://bucket/prefix");
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2);
    String endpoint = parts.group(3);
    // Making the client looks for credentials, so it waits until it is needed.
    return new GcsStore(() -> GcsClients.at(endpoint), parts.group(1), prefix);
  }

  /**
   * An address that is reached through another server than Google's.
   *
   * @param endpoint URL of the server; null for what the address says
   * @return the address as it is, if it is none of {@code gs://} or null
   * @throws IllegalArgumentException if the endpoint is no URL of http or https
   */
  public static @Nullable String through(@Nullable String endpoint, @Nullable String address) {
    if (endpoint == null || address == null || !address.startsWith("gs://")) {
      return address;
    }
    if (!ENDPOINT.matcher(endpoint).matches()) {
      throw new IllegalArgumentException(
          "endpoint (" + endpoint + ") must be a URL such as http://localhost:4443");
    }
    return withoutEndpoint(address) + QUERY + endpoint;
  }

  /** The server that an address names; empty if it is Google's, or the address none of gs://. */
  public static Optional<String> endpoint(String address) {
    int query = address.startsWith("gs://") ? address.indexOf(QUERY) : -1;
    return query < 0 ? Optional.empty() : Optional.of(address.substring(query + QUERY.length()));
  }

  /** An address as others understand it. */
  public static String withoutEndpoint(String address) {
    return endpoint(address)
        .map(url -> address.substring(0, address.length() - url.length() - QUERY.length()))
        .orElse(address);
  }
}
