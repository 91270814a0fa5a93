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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code terrain} with the jar and each JDK of this machine. */
class LauncherIT {
  private static final Path OTHER_JDKS = Path.of("/usr/lib/jvm");

  @TempDir private Path folder;
  private InstalledScript script;

  @BeforeEach
  void install() throws IOException {
    script = new InstalledScript(folder);
  }

  @Test
  void standardOutput_holdsDataAlone_howeverTheFolderOrTheJdkHasChanged() throws IOException {
    for (Path java : javas()) {
      checkSchema(java, Map.of());
      Files.setLastModifiedTime(
          script.jar(), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
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
        Cli cli = script.run(java, Map.of("TERRAIN_JAVA_OPTS", options), "config", "schema");
        assertThat(cli.err()).as("%s %s", java, options).isEmpty();
      }
    }
  }

  private void checkSchema(Path java, Map<String, String> environment) throws IOException {
    Cli cli = script.run(java, environment, "config", "schema");

    assertThat(cli.exitCode()).as("%s %s: %s", java, environment, cli.err()).isZero();
    JsonNode schema = new JsonMapper().readTree(cli.out());
    assertThat(schema.path("$schema").textValue()).contains("json-schema.org");
  }

  /** The JDK of the build, and the others from 17 on. */
  private static List<Path> javas() throws IOException {
    List<Path> javas = new ArrayList<>(List.of(InstalledScript.ownJava()));
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
