package dev.terrain.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration of the Flink that runs inside this process. */
final class EmbeddedFlink {
  private EmbeddedFlink() {}

  /** A folder with the configuration for so many slots; it goes with the process. */
  static Path configuration(int slots) throws IOException {
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
            ""));
    return folder;
  }
}
