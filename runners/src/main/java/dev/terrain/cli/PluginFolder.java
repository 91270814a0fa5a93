package dev.terrain.cli;

import dev.terrain.registry.Extension;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * A folder of plugins: jars that name extensions as services, and the libraries that they need. The
 * script {@code terrain} puts them on the class path, where all of Java finds their classes.
 */
final class PluginFolder {
  static final String SERVICES = "META-INF/services/" + Extension.class.getName();

  private final Path folder;

  PluginFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes sure that its plugins are those of this process.
   *
   * @throws IllegalArgumentException if there is no such folder, it holds something that is no jar
   *     or no plugin, or is not on the class path
   */
  void check() {
    if (!Files.isDirectory(folder)) {
      throw refused("no such folder");
    }
    List<Path> jars = jars();
    if (jars.isEmpty()) {
      throw refused("holds no jar");
    }
    if (jars.stream().filter(this::namesExtensions).count() == 0) {
      throw refused(
          "none of its jars (%s) names a class in %s"
              .formatted(
                  String.join(
                      ", ", jars.stream().map(jar -> jar.getFileName().toString()).toList()),
                  SERVICES));
    }
    List<Path> classPath = classPath();
    for (Path jar : jars) {
      if (!classPath.contains(real(jar))) {
        throw refused(
            "%s is not on the class path; start the script terrain, or java -cp 'terrain.jar:%s/*' %s"
                .formatted(jar.getFileName(), folder, Terrain.class.getName()));
      }
    }
  }

  private List<Path> jars() {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw refused("cannot be listed: " + e.getMessage());
    }
    jars.sort(null);
    return jars;
  }

  private boolean namesExtensions(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getEntry(SERVICES) != null;
    } catch (IOException e) {
      throw refused(file.getFileName() + " is no jar that can be read: " + e.getMessage());
    }
  }

  private static List<Path> classPath() {
    List<Path> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(real(Path.of(entry)));
    }
    return entries;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("--plugins (%s): %s".formatted(folder, why));
  }
}
