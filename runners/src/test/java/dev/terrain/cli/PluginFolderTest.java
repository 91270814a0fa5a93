package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginFolderTest {
  @TempDir private Path folder;

  @Test
  void aFolderThatIsNotThere_isNamed() {
    Path absent = folder.resolve("absent");

    assertRefused(absent, "--plugins (%s): no such folder".formatted(absent));
  }

  @Test
  void aFolderWithoutJars_isRefused() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "");

    assertRefused(folder, "holds no jar");
  }

  @Test
  void aFileThatIsNoJar_isNamed() throws IOException {
    Files.writeString(folder.resolve("half.jar"), "PK");

    assertRefused(folder, "half.jar is no jar that can be read");
  }

  @Test
  void jarsWithoutServices_areNamedWithWhatTheyLack() throws IOException {
    jar("a.jar", "some/Thing.class");
    jar("b.jar", "META-INF/services/some.Other");

    assertRefused(
        folder,
        "none of its jars (a.jar, b.jar) names a class in META-INF/services/dev.terrain.registry.Extension");
  }

  @Test
  void aPluginThatIsNotOnTheClassPath_isToldWithHowToStart() throws IOException {
    jar("a.jar", PluginFolder.SERVICES);

    assertRefused(
        folder,
        "a.jar is not on the class path; start the script terrain, or java -cp 'terrain.jar:%s/*' dev.terrain.cli.Terrain"
            .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics: [rounding] | true",
        "rounding: {bits: 3} | true",
        "base: {architecture: skip-perceptron} | true",
        "base: {stop_rule: never} | false",
        "bsae: {} | false"
      })
  void aSweepThatMayLackAPlugin_isToldOfTheOption(String line, boolean told) throws IOException {
    Path sweep =
        Files.writeString(
            folder.resolve("sweep.yaml"),
            "axes: {load: {width: [2]}, temperature: {batch_size: [32]}}\nseeds: 1\n" + line);

    Cli cli = Cli.run("config", "validate", sweep);

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err().contains("note: what plugins bring is known where --plugins names"))
        .as(cli.err())
        .isEqualTo(told);
  }

  private static void assertRefused(Path plugins, String message) {
    Cli cli = Cli.run("config", "schema", "--plugins", plugins);

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("--plugins (" + plugins + "): ", message);
    assertThat(cli.out()).isEmpty();
  }

  private void jar(String name, String entry) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      jar.putNextEntry(new JarEntry(entry));
    }
  }
}
