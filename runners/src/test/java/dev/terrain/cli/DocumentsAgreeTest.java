package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README, samples and examples say what the code does. */
class DocumentsAgreeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SAMPLES = ROOT.resolve("examples/scheduling");
  private static final Pattern PATTERNS =
      Pattern.compile("classloader\\.parent-first-patterns\\.additional: ([a-z.;]+;[a-z.;]+)");

  @Test
  void everyClusterKeepsTheSamePackagesToItself() throws IOException {
    String own;
    try (InputStream in =
        Terrain.class.getResourceAsStream("/dev/terrain/cluster/flink-conf.yaml")) {
      own = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    String expected = only(PATTERNS, own);

    assertThat(only(PATTERNS, read(ROOT.resolve("README.md")))).isEqualTo(expected);
    assertThat(only(PATTERNS, read(SAMPLES.resolve("flink-kubernetes-operator.yaml"))))
        .isEqualTo(expected);
  }

  @Test
  void everyExitCodeIsExplainedToSchedulers() throws IOException {
    Set<String> codes =
        new TreeSet<>(
            Terrain.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet().stream()
                .map(String::trim)
                .toList());

    Set<String> explained =
        find(Pattern.compile("(?m)^\\| ([0-9, ]+) \\|"), read(SAMPLES.resolve("README.md")))
            .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
            .collect(Collectors.toCollection(TreeSet::new));
    String sentence =
        only(Pattern.compile("Exit codes: ([^.]+)\\."), read(ROOT.resolve("README.md")));

    Set<String> listed =
        find(Pattern.compile("(?:^|,\\s)(\\d+) "), sentence)
            .map(code -> code.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(explained).isEqualTo(codes);
    assertThat(listed).isEqualTo(codes);
  }

  /** Retrying 2, 3 and 5 gives the same again. */
  @ParameterizedTest
  @ValueSource(strings = {"kubernetes-cronjob.yaml", "flink-kubernetes-operator.yaml"})
  void whatNoRetryMends_isNotRetried(String sample) throws IOException {
    assertThat(only(Pattern.compile("values: \\[([^]]+)]"), read(SAMPLES.resolve(sample))))
        .isEqualTo(
            Stream.of(ExitCode.USAGE, ExitCode.INVALID, ExitCode.CHECK_FAILED)
                .map(String::valueOf)
                .collect(Collectors.joining(", ")));
  }

  /** Processors of one model compute the same bits. */
  @Test
  void samplesTakeMachinesOfTheFamilyThatIsTheDefault() throws IOException {
    String family =
        only(
            Pattern.compile("\\| `workerMachineType` \\| ([a-z0-9]+)-standard-\\d+ \\|"),
            read(ROOT.resolve("README.md")));
    for (String sample : List.of("airflow_dag.py", "flex-template-launch.json")) {
      assertThat(
              only(
                  Pattern.compile("achineType\": \"([a-z0-9]+)-standard-\\d+\""),
                  read(SAMPLES.resolve(sample))))
          .as(sample)
          .isEqualTo(family);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "fashion-mnist", "scaling", "smoke", "throughput"})
  void anExampleIsValid(String name) {
    assertThat(SweepFile.read(ROOT.resolve("examples/" + name + ".yaml")).getName())
        .isEqualTo(name);
  }

  @Test
  void theMainExampleHasChecks() {
    Sweep sweep = SweepFile.read(ROOT.resolve("examples/digits.yaml"));
    assertThat(sweep.getChecks()).extracting(check -> check.getCheck()).contains("completeness");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static Stream<MatchResult> find(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String only(Pattern pattern, String text) {
    List<String> found = find(pattern, text).map(match -> match.group(1)).toList();
    assertThat(found).as(pattern.pattern()).hasSize(1);
    return found.get(0);
  }
}
