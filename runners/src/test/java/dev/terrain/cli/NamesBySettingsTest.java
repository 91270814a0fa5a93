package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells and models that are named by their settings, wherever an id is taken. */
@Tag("engine")
class NamesBySettingsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Of width 4 and seed 1. */
  private static final ModelSpec SPEC =
      SweepExpansion.of(SweepFile.read(SWEEP))
          .models()
          .filter(spec -> spec.getWidth() == 4 && spec.getSeed() == 1)
          .findFirst()
          .orElseThrow();

  @Test
  void showFindsAModelAndACell() throws IOException {
    assertThat(Cli.run("show", "width=4, batch_size=16, seed 1", "--out", STUDY).out())
        .startsWith("model " + Fingerprints.modelId(SPEC))
        .contains("\nwidth=4, batch_size=16, seed 1\n");
    assertThat(Cli.run("show", "width=4", "--out", STUDY).out())
        .startsWith("cell " + Fingerprints.cellId(SPEC));
    JsonNode facts =
        MAPPER.readTree(Cli.run("show", "width=4 seed=1", "--out", STUDY, "--json").out());
    assertThat(facts.path("id").textValue()).isEqualTo(Fingerprints.modelId(SPEC));
    assertThat(facts.path("name").textValue()).isEqualTo("width=4, batch_size=16, seed 1");
  }

  @Test
  void explainAndDiffTakeThemToo() throws IOException {
    Cli explained = Cli.run("explain", "width=4, seed 1", "--out", STUDY);
    JsonNode diff =
        MAPPER.readTree(
            Cli.run("diff", "width=2, seed 1", "width=4, seed=1", "--out", STUDY, "--json").out());

    assertThat(explained.exitCode()).as(explained.err()).isZero();
    assertThat(explained.out().lines()).hasSize(6).allMatch(line -> line.contains("width=4"));
    assertThat(diff.path("b").textValue()).isEqualTo(Fingerprints.modelId(SPEC));
    assertThat(diff.path("settings").findValuesAsText("name")).containsExactly("width");
  }

  @Test
  void reproduceTakesThemToo() {
    Cli cli = Cli.run("reproduce", "width=2, seed 0", "--out", STUDY, "--json");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("\"kind\" : \"MODEL\"", "\"reproduced\" : true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "batch_size=16 ~ must name one cell, not 2: 'width=2, batch_size=16' (",
        "batch_size=16, seed 1 ~ must name one model, not 2: 'width=2, batch_size=16, seed 1' (",
        "width=3 ~ 'width=3' is no cell of the sweep, which has width 2, 4",
        "width=4, seed 9 ~ 'width=4, seed 9' is no model of the sweep, which has seed 0, 1",
        "depth=2 ~ 'depth=2' is no cell of the sweep, which has depth 1",
        "widht=4 ~ there is no setting 'widht'; did you mean 'width'?",
        "width=wide ~ width must be an integer in [1, 4096], not wide"
      })
  void whatNamesNothingOrMuchIsExplained(String name, String message) {
    for (String command : new String[] {"show", "explain", "reproduce"}) {
      Cli cli = Cli.run(command, name, "--out", STUDY);

      assertThat(cli.exitCode()).isEqualTo(3);
      assertThat(cli.err()).contains(message).hasLineCount(1);
    }
  }
}
