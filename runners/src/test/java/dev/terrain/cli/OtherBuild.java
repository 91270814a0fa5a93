package dev.terrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Terrain's jar as another build would make it: same classes, other bytes. */
final class OtherBuild {
  private OtherBuild() {}

  /** Writes the jar into a folder, where its libraries are as well. */
  static Path write(Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("lib"), JarProcess.JAR.resolveSibling("lib"));
    Path other = folder.resolve("terrain.jar");
    try (JarInputStream in = new JarInputStream(Files.newInputStream(JarProcess.JAR))) {
      Manifest manifest = in.getManifest();
      manifest.getMainAttributes().putValue("Build", "another");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(other), manifest)) {
        for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          out.putNextEntry(entry);
          in.transferTo(out);
        }
      }
    }
    return other;
  }
}
