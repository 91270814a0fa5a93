package dev.terrain.cli;

import dev.terrain.store.ObjectStores;
import picocli.CommandLine.Option;

/** Which server plays Google Cloud Storage. */
final class GcsEndpoint {
  @Option(
      names = "--gcs-endpoint",
      paramLabel = "URL",
      description =
          "Server that is asked for gs:// addresses instead of Google's, without credentials; for emulators.")
  private String endpoint;

  /** An address as stores open it. */
  String through(String address) {
    return ObjectStores.through(endpoint, address);
  }
}
