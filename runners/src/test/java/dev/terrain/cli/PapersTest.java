package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of papers names classes and tests that are there. */
class PapersTest {
  private static final Path ROOT = Path.of("..");
  private static final int COLUMNS = 4;

  @Test
  void everyClassAndTestOfThePapers_isThere() throws IOException {
    Set<String> classes = classes("src/main/java");
    Set<String> tests = classes("src/test/java");
    List<String[]> rows =
        Files.readAllLines(ROOT.resolve("docs/papers.md")).stream()
            .filter(line -> line.startsWith("| ") && line.contains("`"))
            .map(line -> line.substring(1).split("\\|", -1))
            .toList();

    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row).hasSizeGreaterThanOrEqualTo(COLUMNS);
              assertThat(names(row[2])).isNotEmpty().isSubsetOf(classes);
              assertThat(names(row[3])).isNotEmpty().isSubsetOf(tests);
            });
  }

  private static List<String> names(String cell) {
    return Pattern.compile("`([A-Za-z0-9]+)`")
        .matcher(cell)
        .results()
        .map((MatchResult name) -> name.group(1))
        .toList();
  }

  private static Set<String> classes(String sources) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("transforms").resolve(sources))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
