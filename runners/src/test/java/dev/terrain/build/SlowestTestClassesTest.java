package dev.terrain.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlowestTestClassesTest {
  private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path root;

  private Path report(String folder, String name, String seconds, Instant written)
      throws IOException {
    Path file = root.resolve(folder).resolve("TEST-" + name + ".xml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "<?xml version=\"1.0\"?>\n<testsuite name=\"%s\" time=\"%s\" tests=\"1\"><properties/></testsuite>"
            .formatted(name, seconds));
    return Files.setLastModifiedTime(file, FileTime.from(written));
  }

  private String printed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SlowestTestClasses.of(root, BEGUN).print(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8);
  }

  @Test
  void theSlowestOfAllModulesComeFirst() throws IOException {
    report("one/target/surefire-reports", "a.Quick", "0.041", BEGUN);
    report("two/target/failsafe-reports", "b.SlowIT", "61.5", BEGUN.plusSeconds(90));
    report("two/target/surefire-reports", "b.Medium", "7.25", BEGUN.plusSeconds(9));

    assertThat(printed().lines())
        .containsExactly(
            "the slowest of 3 test classes, which took 69 s:",
            "    61.5 s  b.SlowIT",
            "     7.3 s  b.Medium",
            "     0.0 s  a.Quick");
  }

  @Test
  void tenAreShown() throws IOException {
    for (int i = 0; i < 13; i++) {
      report("one/target/surefire-reports", "Test" + i, "" + i, BEGUN);
    }

    assertThat(printed().lines()).hasSize(1 + 10).last().asString().endsWith("3.0 s  Test3");
  }

  @Test
  void reportsOfAnEarlierBuildDoNotCount() throws IOException {
    report("one/target/surefire-reports", "Earlier", "100", BEGUN.minusSeconds(1));

    assertThat(printed()).startsWith("the slowest of 0 test classes").doesNotContain("Earlier");
  }

  @Test
  void aReportThatIsCutShortIsNamed() throws IOException {
    Path file = report("one/target/surefire-reports", "Half", "1", BEGUN);
    Files.writeString(file, "<?xml");

    assertThatIOException().isThrownBy(this::printed).withMessageContaining(file.toString());
  }
}
