package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.standard.MetricCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code metrics}, and the tables of metrics in the documents. */
class MetricsCommandTest {
  private static final Path ROOT = Path.of("..");

  /** Those that come with Terrain, by stage. */
  private static Map<String, List<MetricInfo>> builtIn() {
    MetricCatalogue catalogue = MetricCatalogue.standard();
    Map<String, List<MetricInfo>> byStage = new LinkedHashMap<>();
    catalogue.stages().forEach(stage -> byStage.put(stage, catalogue.ofStage(stage)));
    return byStage;
  }

  @Test
  void metricsHasALineForEach() {
    Cli cli = Cli.run("metrics");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    List<String> lines = cli.out().lines().toList();
    assertThat(lines).hasSize(1 + MetricCatalogue.standard().metrics().size());
    assertThat(lines.get(0).split(" {2,}")).startsWith("metric", "stage", "unit", "range");
    assertThat(cli.out())
        .containsPattern("(?m)^train_loss +train +nats +\\[0, ∞\\)")
        .containsPattern("(?m)^l2_distance +distance +1 +\\[0, ∞\\)");
  }

  @Test
  void aNamedMetricIsToldInFull() {
    Cli cli = Cli.run("metrics", "linear_barrier");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out().lines().map(String::strip))
        .contains(
            "linear_barrier",
            "stage    connectivity",
            "cell     mean over connected pairs",
            "better   lower",
            "variant frankle: percent, in [0, 100]",
            "is     max E(t) - (E(0) + E(1))/2, E(t) the training error at (1 - t) θ + t θ'")
        .doesNotContain("train_loss");
  }

  @Test
  void anUnknownMetricIsAskedBack() {
    Cli cli = Cli.run("metrics", "linear_barier");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err()).contains("did you mean 'linear_barrier'?");
  }

  @Test
  void asJsonEachMetricHasAllThatIsKnown() throws IOException {
    JsonNode metrics = new JsonMapper().readTree(Cli.run("metrics", "--json").out());

    assertThat(metrics).hasSameSizeAs(MetricCatalogue.standard().metrics());
    JsonNode cka = new JsonMapper().readTree(Cli.run("metrics", "cka", "--json").out()).path(0);
    assertThat(cka.path("stage").textValue()).isEqualTo("similarity");
    assertThat(cka.path("variants").path(0).path("variant").textValue()).isEqualTo("paper");
    assertThat(cka.path("variants").path(0).path("range").toString()).isEqualTo("[0.0,1.0]");
    JsonNode trace =
        new JsonMapper().readTree(Cli.run("metrics", "hessian_trace", "--json").out()).path(0);
    assertThat(trace.path("variants").path(0).path("range").toString()).isEqualTo("[null,null]");
  }

  @Test
  void theDocumentHasTheTableOfTheCommand() throws IOException {
    List<String> table = between(ROOT.resolve("docs/metrics.md"), "metrics");

    assertThat(table).isEqualTo(Cli.run("metrics", "--markdown").out().lines().toList());
    assertThat(table.stream().flatMap(MetricsCommandTest::namesOfRow))
        .containsExactlyInAnyOrderElementsOf(
            MetricCatalogue.standard().metrics().stream().map(MetricInfo::name).toList());
  }

  /** The names in the second column, such as {@code {hessian, fisher}_trace} for two. */
  private static Stream<String> namesOfRow(String row) {
    return Pattern.compile("^\\| `[a-z]+` \\| `(?:\\{([a-z_, ]+)})?([a-z0-9_]+)`")
        .matcher(row)
        .results()
        .flatMap(
            name ->
                Stream.of((name.group(1) == null ? "" : name.group(1)).split(", ", -1))
                    .map(beginning -> beginning + name.group(2)));
  }

  @Test
  void theReadmeNamesTheMetricsOfEachStage() throws IOException {
    assertThat(between(ROOT.resolve("README.md"), "metrics"))
        .isEqualTo(MetricsMarkdown.names(builtIn()));
  }

  /** The lines between two comments that say {@code begin} and {@code end} of a name. */
  private static List<String> between(Path file, String name) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int begin = lines.indexOf("<!-- begin " + name + " -->");
    int end = lines.indexOf("<!-- end " + name + " -->");
    assertThat(begin).as("begin in " + file).isNotNegative();
    assertThat(end).as("end in " + file).isGreaterThan(begin);
    return lines.subList(begin + 1, end).stream().filter(line -> !line.isBlank()).toList();
  }
}
