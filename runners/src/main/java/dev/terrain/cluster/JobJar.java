package dev.terrain.cluster;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Terrain's jar: its own modules, and in its manifest the names of all libraries that it was built
 * with, which are in the folder {@code lib} beside it. The launcher runs from the jar that it
 * submits, so the two never differ; its libraries are the fingerprint that a cluster must match.
 */
public final class JobJar {
  private static final String OWN = "terrain-";
  private static final int HASH_LENGTH = 12;
  private static final Pattern UNIQUE_NAME =
      Pattern.compile(OWN + "[0-9a-f]{" + HASH_LENGTH + "}\\.jar");

  private final Path file;
  private final List<Path> libraries;

  private JobJar(Path file, List<Path> libraries) {
    this.file = file;
    this.libraries = libraries;
  }

  /**
   * The jar that this process runs from.
   *
   * @throws IllegalArgumentException if it runs from classes
   * @throws IOException if the jar cannot be read
   */
  public static JobJar ofThisProcess() throws IOException {
    CodeSource source = JobJar.class.getProtectionDomain().getCodeSource();
    Path file;
    try {
      file = Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("cannot tell which jar runs: " + source.getLocation(), e);
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "a Flink cluster needs Terrain's jar, but this is run from the classes in %s; use the command terrain"
              .formatted(file));
    }
    return read(file);
  }

  static JobJar read(Path file) throws IOException {
    List<Path> libraries = new ArrayList<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      for (String entry : classPath == null ? new String[0] : classPath.split(" ")) {
        Path library = file.resolveSibling(entry);
        if (!library.getFileName().toString().startsWith(OWN)) {
          libraries.add(library);
        }
      }
    }
    if (libraries.isEmpty()) {
      throw new IllegalArgumentException(
          file + " names no libraries in its manifest: it is not the jar that the build makes");
    }
    return new JobJar(file, List.copyOf(libraries));
  }

  /** The jar itself. */
  public Path file() {
    return file;
  }

  /** A name that another build's jar does not have: it holds a hash of what is in the jar. */
  String uniqueName() throws IOException {
    return OWN + hash(file) + ".jar";
  }

  /** The first digits of the SHA-256 of what is in a file. */
  static String hash(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a file name is one of those that tell a build of Terrain. */
  static boolean isUniqueName(String name) {
    return UNIQUE_NAME.matcher(name).matches();
  }

  /** Third-party libraries that it was built with. */
  List<Path> libraries() {
    return libraries;
  }
}
