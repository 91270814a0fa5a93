package dev.terrain.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a cluster has the libraries that a job jar was built with, and no other build of Terrain.
 * A job whose libraries differ from the cluster's fails while it is being deserialised, again and
 * again, with messages that tell nobody why; so it is refused before.
 */
public final class LibraryCheck {
  private static final int SHOWN = 3;

  /**
   * Left to the cluster: its logging back end, and natives, which differ with its machines and may
   * be in place without a jar.
   */
  private static final List<String> LEFT_TO_CLUSTER =
      List.of("logback-", "slf4j-", "pytorch-native-");

  private LibraryCheck() {}

  /**
   * Compares names, which hold the versions.
   *
   * @return the jars that travel with a job: Terrain's, and where the cluster has no Terrain of its
   *     own those of plugins
   * @throws IllegalArgumentException if the cluster lacks a library, has it in another version, or
   *     has another build of Terrain, or has Terrain but not the plugins
   * @throws IOException if the cluster does not tell its class path
   */
  public static List<Path> check(JobJar jar, PluginJars plugins, FlinkCluster cluster)
      throws IOException {
    Set<String> present = fileNames(cluster.classPath());
    for (String name : present) {
      if (JobJar.isUniqueName(name) && !name.equals(jar.uniqueName())) {
        throw new IllegalArgumentException(
            "the cluster at %s was started with another build of Terrain (%s) than this (%s); start it anew with 'terrain flink down' and 'up'"
                .formatted(cluster.master(), name, jar.uniqueName()));
      }
    }
    List<String> lacking = lacking(names(jar.libraries()), present);
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "the cluster at %s has other libraries than this build: it lacks %s%s; start it with the jars of %s"
              .formatted(
                  cluster.master(),
                  String.join(", ", lacking.subList(0, Math.min(SHOWN, lacking.size()))),
                  lacking.size() > SHOWN ? " and " + (lacking.size() - SHOWN) + " more" : "",
                  jar.libraries().get(0).getParent()));
    }
    if (present.stream().noneMatch(JobJar::isUniqueName)) {
      return Stream.concat(Stream.of(jar.file()), plugins.files().stream()).toList();
    }
    // Its own Terrain would not see plugins that come with a job.
    List<String> missing = plugins.lacking(present);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the cluster at %s lacks plugins of this command, or has other builds of them: %s; start it anew with 'terrain flink down' and 'up --plugins FOLDER'"
              .formatted(cluster.master(), String.join(", ", missing)));
    }
    return List.of(jar.file());
  }

  static List<String> lacking(List<String> needed, Set<String> present) {
    List<String> lacking = new ArrayList<>();
    for (String name : needed) {
      if (LEFT_TO_CLUSTER.stream().noneMatch(name::startsWith) && !isPresent(name, present)) {
        Optional<String> other =
            present.stream().filter(entry -> artifact(entry).equals(artifact(name))).findFirst();
        lacking.add(name + other.map(entry -> " (it has " + entry + ")").orElse(""));
      }
    }
    return lacking;
  }

  /** Flink's distribution holds all of its own modules in one jar. */
  private static boolean isPresent(String name, Set<String> present) {
    return present.contains(name)
        || (name.startsWith("flink-")
            && present.contains("flink-dist" + name.substring(artifact(name).length())));
  }

  /** A jar's name without the version, which begins with the first digit after a hyphen. */
  private static String artifact(String name) {
    return name.split("-(?=\\d+\\.)", 2)[0];
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  private static Set<String> fileNames(List<String> classPath) {
    return classPath.stream()
        .map(entry -> entry.substring(entry.replace('\\', '/').lastIndexOf('/') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
