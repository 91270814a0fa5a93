package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code terrain} with the jar and each JDK of this machine. */
class LauncherIT {
  private static final Path OTHER_JDKS = Path.of("/usr/lib/jvm");

  @TempDir private Path folder;
  private Path home;

  /** A folder with the jar alone, somewhere else than where it was built. */
  @BeforeEach
  void copy() throws IOException {
    home = Files.createDirectories(folder.resolve("moved here"));
    Path target = Files.createDirectories(home.resolve("runners/target"));
    Files.copy(Path.of("..", "terrain"), home.resolve("terrain"));
    Files.copy(JarProcess.JAR, target.resolve("terrain.jar"));
    Files.createSymbolicLink(target.resolve("lib"), JarProcess.JAR.resolveSibling("lib"));
  }

  @Test
  void standardOutput_holdsDataAlone_howeverTheFolderOrTheJdkHasChanged() throws IOException {
    for (Path java : javas()) {
      checkSchema(java, Map.of());
      Files.setLastModifiedTime(
          home.resolve("runners/target/terrain.jar"),
          FileTime.from(Instant.now().minus(Duration.ofHours(1))));
      checkSchema(java, Map.of());
      checkSchema(java, Map.of("TERRAIN_JAVA_OPTS", "-XX:+UseZGC -Xlog:gc*"));
      checkSchema(java, Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC -Xlog:gc*"));
      checkSchema(java, Map.of("TERRAIN_JAVA_OPTS", "-XX:-UseCompressedOops"));
    }
  }

  @Test
  void aCommandThatLooks_saysNothingOnStandardError() throws IOException {
    for (Path java : javas()) {
      for (String options : List.of("", "-Xmx256m", "-XX:+UseG1GC", "-XX:MaxRAM=1g")) {
        Cli cli = run(java, Map.of("TERRAIN_JAVA_OPTS", options), "config", "schema");
        assertThat(cli.err()).as("%s %s", java, options).isEmpty();
      }
    }
  }

  private void checkSchema(Path java, Map<String, String> environment) throws IOException {
    Cli cli = run(java, environment, "config", "schema");

    assertThat(cli.exitCode()).as("%s %s: %s", java, environment, cli.err()).isZero();
    JsonNode schema = new JsonMapper().readTree(cli.out());
    assertThat(schema.path("$schema").textValue()).contains("json-schema.org");
  }

  private Cli run(Path java, Map<String, String> environment, String... arguments)
      throws IOException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    List<String> command = new ArrayList<>(List.of(home.resolve("terrain").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().merge("PATH", java.getParent() + ":", (path, bin) -> bin + path);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
    return new Cli(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The JDK of the build, and the others from 17 on. */
  private static List<Path> javas() throws IOException {
    List<Path> javas =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")));
    if (Files.isDirectory(OTHER_JDKS)) {
      try (DirectoryStream<Path> jdks = Files.newDirectoryStream(OTHER_JDKS, "*-{2,3}[0-9]*")) {
        for (Path jdk : jdks) {
          if (Files.isExecutable(jdk.resolve("bin/java"))) {
            javas.add(jdk.resolve("bin/java"));
          }
        }
      }
    }
    return javas;
  }
}
