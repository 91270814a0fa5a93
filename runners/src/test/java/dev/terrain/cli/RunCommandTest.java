package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.RUN;
import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.SWEEP;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run}. */
@Tag("engine")
class RunCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @Test
  void runPrintsThePhasesOnStandardOutputAndTheRestOnStandardError() {
    assertThat(RUN.exitCode()).isZero();
    assertThat(RUN.out().lines().map(String::strip).toList())
        .hasSize(3)
        .first()
        .asString()
        .matches("batch_size \\\\ width +2 +4");
    // Two seeds have a single pair.
    assertThat(RUN.out())
        .containsPattern("16 +(I|II|III|IV-A|IV-B)\\? +(I|II|III|IV-A|IV-B)\\?\\R")
        .containsPattern("\\? without confidence: train_loss of 2, mode_connectivity of 1");
    assertThat(RUN.err())
        .contains("2 cells, 4 models")
        .contains("18 units to do on 2 workers\nestimated time: about ")
        .contains("18 units: 0 remembered, 18 computed, 0 failed")
        .contains("tables: " + STUDY.resolve("tables"))
        .contains("report: " + STUDY.resolve("report.html"));
  }

  @Test
  void aSecondRunSaysThatThereIsNothingToDo() throws IOException {
    Path copy = copyIn(other);

    Cli cli = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--json");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).contains("nothing to train or measure: all 18 units are remembered");
    JsonNode facts = MAPPER.readTree(cli.out());
    assertThat(facts.path("remembered").intValue()).isEqualTo(SmallSweep.UNITS);
    assertThat(facts.path("computed").intValue()).isZero();
    assertThat(facts.path("failed").intValue()).isZero();
    assertThat(facts.path("up_to_date").booleanValue()).isTrue();
    assertThat(facts.path("units_per_second").isNull()).isTrue();
    assertThat(Path.of(facts.path("report").textValue())).exists();
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(STUDY));
  }

  @Test
  void tablesAreRebuiltIfAskedForOrDamaged() throws IOException {
    Path copy = copyIn(other);
    Path models = copy.resolve("tables/models/part-00000-of-00001.avro");
    byte[] first = Files.readAllBytes(models);

    Cli asked =
        Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--rebuild-tables", "--json");
    byte[] second = Files.readAllBytes(models);
    Files.delete(models);
    Cli damaged = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--json");
    Cli whole = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct");

    // The files' sync markers are drawn at random.
    assertThat(second).isNotEqualTo(first);
    assertThat(MAPPER.readTree(asked.out()).path("up_to_date").booleanValue()).isFalse();
    assertThat(MAPPER.readTree(damaged.out()).path("up_to_date").booleanValue()).isFalse();
    assertThat(whole.err())
        .contains(
            "18 units: 18 remembered, 0 computed, 0 failed; tables and report are up to date");
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(STUDY));
  }

  @Test
  void modelsThatWereTrainedBeforeAreCopiedToo() throws IOException {
    Path copy = copyIn(other);
    Path models = other.resolve("models-elsewhere");

    Cli cli = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--copy-models", models);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    try (Stream<Path> trained = Files.list(copy.resolve("models"))) {
      assertThat(trained.toList())
          .hasSize(4)
          .allSatisfy(
              model ->
                  assertThat(models.resolve("models").resolve(model.getFileName()))
                      .isDirectoryContaining("glob:**model.safetensors"));
    }
  }

  @Test
  void placeOfCopiesThatModelsCannotBeWrittenTo_isRefused() {
    Cli cli =
        Cli.run("run", SWEEP, "--out", STUDY, "--runner", "direct", "--copy-models", "s3://b/x");

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err())
        .contains("--copy-models: s3://b/x: a path, a file: URI or gs://bucket/prefix is needed");
  }

  @Test
  void aRunWithAFailedUnitEndsWithFour() throws IOException {
    Path copy = copyIn(other);
    Path checkpoint;
    try (Stream<Path> models = Files.list(copy.resolve("models"))) {
      checkpoint = models.findFirst().orElseThrow().resolve("model.safetensors");
    }
    Files.writeString(checkpoint, "no weights");
    Path changed = SmallSweep.write(other, SmallSweep.YAML.replace("examples: 50", "examples: 60"));

    Cli cli = Cli.run("run", changed, "--out", copy, "--runner", "direct");

    assertThat(cli.exitCode()).isEqualTo(4);
    assertThat(cli.err())
        .containsPattern(
            "failed: curvature of width=[24], batch_size=16, seed [01] \\(model "
                + checkpoint.getParent().getFileName().toString().substring(0, 12)
                + ", spectrum\\): "
                + checkpoint)
        .contains("18 units: 14 remembered, 3 computed, 1 failed")
        .doesNotContain("\tat ");
    assertThat(cli.out()).contains("batch_size \\ width");
    assertThat(Cli.run("plan", changed, "--out", copy).out()).contains("1 to do (1 failed before)");
  }
}
