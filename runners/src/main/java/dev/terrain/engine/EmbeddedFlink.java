package dev.terrain.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration of the Flink that runs inside this process. */
final class EmbeddedFlink {
  private EmbeddedFlink() {}

  /** A folder with the configuration for so many slots; it goes with the process. */
  static Path configuration(int slots) throws IOException {
    return configuration(slots, List.of());
  }

  /** The same with further lines. */
  static Path configuration(int slots, List<String> further) throws IOException {
    Path folder = Files.createTempDirectory("terrain-flink-");
    Path file = folder.resolve("flink-conf.yaml");
    // On exit the last one registered goes first.
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    Files.writeString(
        file,
        String.join(
            "\n",
            "taskmanager.numberOfTaskSlots: " + slots,
            // Every blocking exchange holds about 16 MiB of buffers for each pair of producer and
            // consumer slots.
            "taskmanager.memory.network.min: 256mb",
            "taskmanager.memory.network.max: 256mb",
            // Native code can hold all cores for a while; nobody is dead who is merely late.
            "heartbeat.timeout: 600000",
            String.join("\n", further),
            ""));
    return folder;
  }
}
