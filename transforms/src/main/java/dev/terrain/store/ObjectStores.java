package dev.terrain.store;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens {@linkplain ObjectStore stores} by their address. */
public final class ObjectStores {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//)?.*");
  private static final Pattern GCS = Pattern.compile("gs://([^/]+)(?:/(.*?))?/*");

  /** The variable by which Google's tools are sent to another server, such as a test's. */
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";

  private static final class Google {
    static final Storage CLIENT = client(System.getenv(EMULATOR));
  }

  private ObjectStores() {}

  /**
   * The store at an address. Nothing is created or contacted before the store is used.
   *
   * @param address a path, a {@code file:} URI, or {@code gs://bucket/prefix}; Google Cloud Storage
   *     is reached with the application's default credentials, or, if the environment variable
   *     {@code STORAGE_EMULATOR_HOST} is the URL of another server, there and without credentials
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

  private static ObjectStore google(String address) {
    Matcher parts = GCS.matcher(address);
    if (!parts.matches()) {
      throw new IllegalArgumentException(address + ": not of the form gs://bucket/prefix");
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2);
    // Making the client looks for credentials, so it waits until it is needed.
    return new GcsStore(() -> Google.CLIENT, parts.group(1), prefix);
  }

  private static Storage client(String emulator) {
    if (emulator == null || emulator.isBlank()) {
      return StorageOptions.getDefaultInstance().getService();
    }
    return StorageOptions.http()
        .setHost(emulator)
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }
}
