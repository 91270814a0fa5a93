package dev.terrain.cluster;

import dev.terrain.registry.Plugins;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jars that a process has on its class path beside Terrain's own: its plugins, and the
 * libraries that they need. A cluster has them under names that hold a hash of their contents, so
 * that another build of a plugin is another jar.
 */
public final class PluginJars {
  private static final String SUFFIX = ".jar";

  private final Map<Path, String> uniqueNames;

  private PluginJars(Map<Path, String> uniqueNames) {
    this.uniqueNames = uniqueNames;
  }

  /**
   * Those of this process; none where no plugin was found.
   *
   * @param own Terrain's jar
   * @throws IllegalArgumentException if a plugin is a folder of classes
   * @throws IOException if a jar cannot be read
   */
  public static PluginJars ofThisProcess(JobJar own) throws IOException {
    return Plugins.ofThisProcess().all().isEmpty()
        ? of(List.of())
        : of(beside(own, System.getProperty("java.class.path")));
  }

  static PluginJars of(List<Path> files) throws IOException {
    Map<Path, String> names = new LinkedHashMap<>();
    for (Path file : files) {
      names.put(file, uniqueName(file));
    }
    return new PluginJars(names);
  }

  private static List<Path> beside(JobJar own, String classPath) {
    List<Path> files = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path file = Path.of(entry).toAbsolutePath().normalize();
      if (Files.isDirectory(file)) {
        throw new IllegalArgumentException(
            "a Flink cluster needs the plugins' jars, but %s is a folder of classes"
                .formatted(file));
      }
      if (Files.exists(file) && !file.equals(own.file()) && !own.libraries().contains(file)) {
        files.add(file);
      }
    }
    return files;
  }

  private static String uniqueName(Path file) throws IOException {
    String name = file.getFileName().toString();
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return stem + "-" + JobJar.hash(file) + SUFFIX;
  }

  /** The jars themselves. */
  public List<Path> files() {
    return List.copyOf(uniqueNames.keySet());
  }

  /** The names that a cluster has them under, in the same order. */
  List<String> uniqueNames() {
    return List.copyOf(uniqueNames.values());
  }

  /**
   * Those that a cluster has neither under their unique names nor under their own.
   *
   * @param present names of the files on its class path
   */
  List<String> lacking(Set<String> present) {
    return uniqueNames.entrySet().stream()
        .filter(jar -> !present.contains(jar.getValue()))
        .map(jar -> jar.getKey().getFileName().toString())
        .filter(name -> !present.contains(name))
        .toList();
  }
}
