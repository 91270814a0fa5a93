package dev.terrain.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Configuration files of a local cluster; the reason for each setting is in the file itself. */
final class FlinkConfiguration {
  private static final String FLINK = "flink-conf.yaml";
  private static final String LOGGING = "logback.xml";

  private FlinkConfiguration() {}

  static Path logging(ClusterFolder folder) {
    return folder.configuration().resolve(LOGGING);
  }

  static void write(ClusterFolder folder, ClusterSize size, int restPort, int rpcPort)
      throws IOException {
    TaskManagerMemory memory = TaskManagerMemory.of(size.memory(), size.slots());
    String text = resource(FLINK);
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("rpc-port", rpcPort),
            Map.entry("rest-port", restPort),
            Map.entry("slots", size.slots()),
            Map.entry("all-slots", size.allSlots()),
            Map.entry("root-uri", folder.root().toUri()),
            Map.entry("work", folder.work()),
            Map.entry("framework-heap", TaskManagerMemory.FRAMEWORK_HEAP),
            Map.entry("framework-native", TaskManagerMemory.FRAMEWORK_NATIVE),
            Map.entry("metaspace", TaskManagerMemory.METASPACE),
            Map.entry("overhead", TaskManagerMemory.OVERHEAD),
            Map.entry("task-heap", memory.taskHeap()),
            Map.entry("task-native", memory.taskNative()),
            Map.entry("network", memory.network()),
            Map.entry("managed", memory.managed()));
    for (Map.Entry<String, Object> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue().toString());
    }
    Files.writeString(folder.configuration().resolve(FLINK), text);
    Files.writeString(logging(folder), resource(LOGGING));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = FlinkConfiguration.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
