package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static dev.terrain.cli.FinishedStudy.modelIds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a study: {@code status}, {@code list}, {@code show}, {@code diff}. */
@Tag("engine")
class StudyCommandsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @Test
  void statusTellsHowFarTheStudyIs() throws IOException {
    Cli text = Cli.run("status", "--out", STUDY);
    JsonNode facts = MAPPER.readTree(Cli.run("status", "--out", STUDY, "--json").out());

    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains("nothing to train or measure: all 18 units are remembered");
    assertThat(facts.path("units_done").intValue()).isEqualTo(SmallSweep.UNITS);
    assertThat(facts.path("units_to_do").intValue()).isZero();
    assertThat(facts.path("estimated_seconds").intValue()).isZero();
    assertThat(facts.path("estimated_seconds").isNumber()).isTrue();
    assertThat(facts.path("stages").findValues("mean_seconds")).allMatch(JsonNode::isNumber);
    assertThat(text.out()).containsPattern("train +4 +0 +0 +[0-9.]+ +.* ago");
    assertThat(facts.path("last_finished").textValue()).startsWith("20");
    assertThat(facts.path("trainings")).isEmpty();
  }

  @Test
  void aCorruptPlanIsNamed() throws IOException {
    Path copy = copyIn(other);
    Files.writeString(copy.resolve("plan.json"), "{");

    Cli cli = Cli.run("status", "--out", copy);

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains(copy.resolve("plan.json").toString()).doesNotContain("\tat ");
  }

  @Test
  void listPrintsTheUnitsOfAState() throws IOException {
    Path copy = copyIn(other);
    String id = modelIds(copy).get(0);
    Files.delete(onlyRecord(copy, "distance"));

    assertThat(Cli.run("list", "--out", copy).out().lines()).hasSize(SmallSweep.UNITS);
    assertThat(Cli.run("list", "--out", copy, "--state", "missing,failed").out().lines())
        .singleElement()
        .asString()
        .startsWith("MISSING      distance ");
    JsonNode trainings =
        MAPPER.readTree(Cli.run("list", "--out", copy, "--stage", "train", "--json").out());
    assertThat(trainings.findValuesAsText("stage")).hasSize(4).containsOnly("train");
    assertThat(trainings.findValue("model_ids").toString()).contains("\"");
    assertThat(
            MAPPER.readTree(Cli.run("list", "--out", copy, "--state", "corrupt", "--json").out()))
        .isEmpty();
    assertThat(Cli.run("list", "--out", copy, "--stage", "cooking").exitCode()).isEqualTo(3);
    assertThat(id).hasSize(64);
  }

  private static Path onlyRecord(Path folder, String stage) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("ledger").resolve(stage))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void showPrintsValuesAndWhatComputedThem() throws IOException {
    String id = modelIds(STUDY).get(0);

    Cli cli = Cli.run("show", id.substring(0, 12), "--out", STUDY);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .startsWith("model " + id)
        .containsPattern("DONE +train ")
        .containsPattern("DONE +curvature ")
        .containsPattern("computed by +terrain .*PyTorch.*, device cpu, 1 thread")
        .containsPattern("hessian_trace +[-0-9.e]+ nats, \\+- .* \\(probes\\)")
        .contains(id);
    JsonNode record =
        MAPPER.readTree(Cli.run("show", id, "--out", STUDY, "--json").out()).findValue("record");
    assertThat(record.path("host").textValue()).isNotEmpty();
    assertThat(record.path("engine").textValue()).contains("PyTorch");
    assertThat(record.path("models").path(0).path("model_id").textValue()).isEqualTo(id);
    assertThat(Cli.run("show", "0000", "--out", STUDY).err()).contains("names no model");
    assertThat(Cli.run("show", "../..", "--out", STUDY).exitCode()).isEqualTo(3);
  }

  @Test
  void diffTellsSettingsAndMetricsOfTwoModelsApart() throws IOException {
    List<String> ids = modelIds(STUDY);

    Cli cli = Cli.run("diff", ids.get(0), ids.get(1), "--out", STUDY);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .containsPattern("(width|seed) +[024] -> |(seed) +[01] -> ")
        .containsPattern("test_accuracy default +[0-9.]+ +[0-9.]+ +[-0-9.e]+");
    JsonNode same =
        MAPPER.readTree(
            Cli.run("diff", ids.get(0), "--out", STUDY, "--with", copyIn(other), "--json").out());
    assertThat(same.path("settings")).isEmpty();
    assertThat(same.path("provenance")).isEmpty();
    same.path("metrics").forEach(pair -> assertThat(pair.path("difference").asDouble()).isZero());
    assertThat(Cli.run("diff", ids.get(0), "--out", STUDY).exitCode()).isEqualTo(3);
  }
}
