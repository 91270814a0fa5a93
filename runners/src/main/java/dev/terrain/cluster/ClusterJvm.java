package dev.terrain.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the Java processes of a local cluster from the jars of a build. */
final class ClusterJvm {
  private static final String JOB_MANAGER_CLASS =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER_CLASS =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /** Holds plans of jobs and the list of their units' states, none of their data. */
  private static final int JOB_MANAGER_HEAP = 1024;

  /** Packages that Flink and Beam look into, which Java closes. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.net",
          "java.base/java.io",
          "java.base/java.nio",
          "java.base/sun.nio.ch",
          "java.base/java.lang.reflect",
          "java.base/java.text",
          "java.base/java.time",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks");

  private final ClusterFolder folder;
  private final ClusterSize size;
  private final JobJar jar;
  private final PluginJars plugins;

  ClusterJvm(ClusterFolder folder, ClusterSize size, JobJar jar, PluginJars plugins) {
    this.folder = folder;
    this.size = size;
    this.jar = jar;
    this.plugins = plugins;
  }

  ClusterProcess start(String role) throws IOException {
    String name = role + "-" + UUID.randomUUID().toString().substring(0, 8);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory(role));
    OPENED.forEach(closed -> command.add("--add-opens=" + closed + "=ALL-UNNAMED"));
    command.add("--add-exports=java.base/sun.net.util=ALL-UNNAMED");
    command.add("-Dlogback.configurationFile=" + FlinkConfiguration.logging(folder));
    command.add("-Dlog.file=" + folder.log(role));
    command.addAll(program(role, name));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.output(role).toFile());
    // As a variable it does not fill the list of processes.
    builder
        .environment()
        .put(
            "CLASSPATH",
            Stream.of(
                    Stream.of(folder.jar(jar.uniqueName())),
                    plugins.uniqueNames().stream().map(folder::jar),
                    jar.libraries().stream())
                .flatMap(files -> files)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
    return ClusterProcess.of(role, name, builder.start().toHandle());
  }

  private List<String> memory(String role) {
    if (role.equals(ClusterState.JOB_MANAGER)) {
      return List.of("-Xmx" + JOB_MANAGER_HEAP + "m");
    }
    TaskManagerMemory memory = TaskManagerMemory.of(size.memory(), size.slots());
    return List.of(
        "-Xmx" + memory.heap() + "m",
        "-XX:MaxDirectMemorySize=" + memory.direct() + "m",
        "-XX:MaxMetaspaceSize=" + TaskManagerMemory.METASPACE + "m");
  }

  private List<String> program(String role, String name) {
    Stream<String> words =
        role.equals(ClusterState.JOB_MANAGER)
            ? Stream.of(JOB_MANAGER_CLASS, "--executionMode", "cluster")
            : Stream.of(TASK_MANAGER_CLASS, "-D", "taskmanager.resource-id=" + name);
    return Stream.concat(words, Stream.of("--configDir", folder.configuration().toString()))
        .toList();
  }
}
