package dev.terrain.cli;

import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;

/**
 * Tells a user whose study is a folder, but whose workers are other machines, that all must see the
 * same folder; nothing else would say so until the tables turn out to be empty.
 */
final class SharedFolderNotice {
  private SharedFolderNotice() {}

  /** The notice, if there is reason for it. */
  static Optional<String> of(ObjectStore study, List<String> hosts) {
    List<String> others = hosts.stream().filter(host -> !isThisMachine(host)).toList();
    String address = study.uri("plan.json");
    if (others.isEmpty() || address.startsWith("gs://")) {
      return Optional.empty();
    }
    return Optional.of(
        "the study is a folder: %s must be the same file on %s as here; a gs:// address always is"
            .formatted(address, String.join(", ", others)));
  }

  private static boolean isThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
