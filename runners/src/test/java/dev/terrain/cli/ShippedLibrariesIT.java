package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies beside the jar. */
final class ShippedLibrariesIT {
  private static final Path TARGET = Path.of("target");

  @Test
  void whatNothingCalls_isNotShipped() throws IOException {
    assertThat(libraries())
        .noneMatch(name -> name.startsWith("wire-"))
        .noneMatch(name -> name.startsWith("okio"))
        .noneMatch(name -> name.startsWith("kotlin"))
        .noneMatch(name -> name.startsWith("netty-"))
        .noneMatch(name -> name.startsWith("grpc-xds"))
        .noneMatch(name -> name.endsWith("-testlib.jar"))
        .noneMatch(name -> name.startsWith("junit"))
        .hasSizeLessThan(260);
  }

  @Test
  void librariesWithKnownHoles_areRaised() throws IOException {
    assertThat(libraries())
        .doesNotContain("lz4-java-1.8.0.jar", "logback-classic-1.5.18.jar")
        .contains("lz4-java-1.10.3.jar", "logback-classic-1.5.32.jar");
  }

  @Test
  void everyLibrary_isInTheListOfComponents_withItsLicence() throws IOException {
    JsonNode components =
        new JsonMapper().readTree(TARGET.resolve("components.json").toFile()).path("components");

    Set<String> listed = new TreeSet<>();
    for (JsonNode component : components) {
      assertThat(component.path("licenses")).as("licences of %s", component).isNotEmpty();
      listed.add(component.path("name").asText() + "-" + component.path("version").asText());
    }
    assertThat(libraries())
        .allSatisfy(
            file ->
                assertThat(listed).anyMatch(name -> file.startsWith(name) && isJarOf(file, name)));
  }

  /** Whether a file has that name and version, with a classifier or without. */
  private static boolean isJarOf(String file, String name) {
    String rest = file.substring(name.length());
    return rest.equals(".jar") || rest.matches("-[a-z0-9_-]+\\.jar");
  }

  private static List<String> libraries() throws IOException {
    try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }
  }
}
