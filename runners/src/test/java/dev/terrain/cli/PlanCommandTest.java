package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.SWEEP;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code plan} and {@code explain}. */
@Tag("engine")
class PlanCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run --dry-run", "run -n"})
  void aPlanWritesNothingAtAll(String command) {
    Path absent = other.resolve("a/b");

    Cli cli = Cli.run(words(command, SWEEP, "--out", absent));

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("2 cells, 4 models", "18 units to do", "width=2, batch_size=16, seed 0: MISSING");
    assertThat(other).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan --json", "run --dry-run --json"})
  void aPlanAsJsonTellsEveryStage(String command) throws IOException {
    Cli cli = Cli.run(words(command, SWEEP, "--out", other, "--workers", 3));

    JsonNode plan = MAPPER.readTree(cli.out());
    assertThat(plan.path("cells").intValue()).isEqualTo(2);
    assertThat(plan.path("models").intValue()).isEqualTo(4);
    assertThat(plan.path("units_to_do").intValue()).isEqualTo(SmallSweep.UNITS);
    assertThat(plan.path("workers").intValue()).isEqualTo(3);
    assertThat(plan.path("estimated_seconds").doubleValue()).isPositive();
    assertThat(plan.path("estimated_from").textValue()).isEqualTo("PROBE");
    assertThat(plan.path("stages").findValuesAsText("stage"))
        .containsExactly(
            "train", "checkpoint", "curvature", "connectivity", "similarity", "distance");
    assertThat(plan.path("stages").path(0).path("states").path("MISSING").intValue()).isEqualTo(4);
    assertThat(plan.path("stages").findValuesAsText("UPSTREAM"))
        .containsExactly("4", "4", "2", "2", "2");
  }

  @Test
  void aPlanSaysWhatWouldBeLeftOut() {
    Cli cli =
        Cli.run("plan", SWEEP, "--out", other, "--only", "width == 2", "--until", "curvature");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("train               0 done       2 to do (4 new, 2 left out)")
        .contains("distance            0 done       0 to do (2 after their trainings, 2 left out)");
  }

  @Test
  void explainSaysWhyAndWhatWouldChangeIt() throws IOException {
    Path copy = copyIn(other);
    String model = TableReader.of(copy).read(Model.class).get(0).getModelId();
    Path changed = SmallSweep.write(other, SmallSweep.YAML.replace("examples: 50", "examples: 60"));

    Cli text = Cli.run("explain", model.substring(0, 10), "--out", copy, "--sweep", changed);
    JsonNode facts =
        MAPPER.readTree(
            Cli.run("explain", model, "--out", copy, "--sweep", changed, "--json").out());

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .containsPattern("DONE +train")
        .containsPattern("SPEC_CHANGED +curvature .*: examples: 50 -> 60\n +put the setting back");
    assertThat(facts.findValuesAsText("state"))
        .containsExactlyInAnyOrder("DONE", "DONE", "SPEC_CHANGED", "DONE", "DONE", "DONE");
    assertThat(facts.findValuesAsText("a_run_would")).contains("compute", "remember");
  }

  private static Object[] words(String command, Object... more) {
    return Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray();
  }
}
