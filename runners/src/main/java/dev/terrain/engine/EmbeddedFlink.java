package dev.terrain.engine;

import java.util.List;

/** Configuration of the Flink that runs inside this process. */
final class EmbeddedFlink {
  private EmbeddedFlink() {}

  static List<String> configuration(int slots) {
    return List.of(
        "taskmanager.numberOfTaskSlots: " + slots,
        // Every blocking exchange holds about 16 MiB of buffers for each pair of producer and
        // consumer slots.
        "taskmanager.memory.network.min: 256mb",
        "taskmanager.memory.network.max: 256mb",
        // Native code can hold all cores for a while; nobody is dead who is merely late.
        "heartbeat.timeout: 600000");
  }
}
