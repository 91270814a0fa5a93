package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.run.SweepMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No image can be built here, but what the Dockerfile names must be there. */
class DockerfileIT {
  private static final Path ROOT = Path.of("..");

  private String text;

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(Path.of("Dockerfile"));
  }

  @Test
  void everyFileThatIsCopiedIsThere() {
    List<String> sources =
        find("(?m)^COPY (?!--from)(.+)$")
            .flatMap(line -> Stream.of(line.group(1).split(" ", -1)).limit(countSources(line)))
            .distinct()
            .toList();

    assertThat(sources)
        .contains("runners/target/terrain.jar", "runners/target/lib", "examples/smoke.yaml")
        .allSatisfy(source -> assertThat(matches(source)).as(source).isPositive());
  }

  @Test
  void theMainClassIsInAJarThatIsCopied() throws IOException {
    String name = only("FLEX_TEMPLATE_JAVA_MAIN_CLASS=(\\S+)");

    assertThat(name).isEqualTo(SweepMain.class.getName());
    try (JarFile jar = new JarFile(JarProcess.JAR.toFile())) {
      assertThat(jar.getEntry(name.replace('.', '/') + ".class")).isNotNull();
    }
    assertThat(text)
        .contains("COPY runners/target/terrain.jar runners/target/lib/*.jar /template/");
  }

  @Test
  void theBaseHasTheVersionOfBeam() {
    assertThat(only("(?m)^ARG BEAM_VERSION=(\\S+)$"))
        .isEqualTo(ReleaseInfo.getReleaseInfo().getVersion());
  }

  @Test
  void everyStageThatIsCopiedFromIsDefined() {
    assertThat(find("--from=(\\S+)").map(match -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(stage -> assertThat(text).contains(" AS " + stage + "\n"));
  }

  private static int countSources(MatchResult line) {
    return line.group(1).split(" ", -1).length - 1;
  }

  private Stream<MatchResult> find(String pattern) {
    return Pattern.compile(pattern).matcher(text).results();
  }

  private String only(String pattern) {
    List<String> found = find(pattern).map(match -> match.group(1)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static long matches(String source) {
    Path path = ROOT.resolve(source);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
      long count = 0;
      for (Path file : files) {
        assertThat(file).isReadable();
        count++;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
