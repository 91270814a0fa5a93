package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepJsonTest {
  private static final String LISTS =
      """
      name: "Größe \\" \\\\ 😀 no"
      base: {learning_rate: 1.0e-7, label_noise: 0.1, learning_rate_schedule: step, weight_decay: 123}
      axes:
        load: {label_noise_seed: [9223372036854775807, 0]}
        temperature: {plateau_tolerance: [0, 1.0e-9, 0.1, 100]}
        other:
          learning_rate_milestones: [[5], [5, 10]]
          dataset: [digits, fashion-mnist]
      seeds: [3, 9223372036854775807]
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void parse_ofWhatWasWritten_isTheSameSweep(int which) {
    Sweep sweep = Sweeps.parse(List.of(Sweeps.SMALL, Sweeps.FULL, LISTS).get(which));
    String json = SweepJson.write(sweep);
    assertThat(SweepJson.parse(json, "plan.json")).isEqualTo(sweep);
    assertThat(SweepJson.write(SweepJson.parse(json, "plan.json"))).isEqualTo(json);
  }

  @Test
  void write_isJsonThatOthersRead() throws IOException {
    JsonNode tree = new JsonMapper().readTree(SweepJson.write(Sweeps.parse(LISTS)));
    assertThat(tree.get("name").textValue()).isEqualTo("Größe \" \\ 😀 no");
    assertThat(tree.get("base").get("learning_rate").doubleValue()).isEqualTo(1e-7);
    assertThat(tree.get("base").get("learning_rate_factor").doubleValue()).isEqualTo(0.1);
    assertThat(tree.get("base").get("weight_decay").toString()).isEqualTo("123");
    assertThat(tree.get("temperature").toString())
        .isEqualTo(
            "{\"setting\":\"plateau_tolerance\",\"values\":[\"0\",\"1E-9\",\"0.1\",\"100\"]}");
    assertThat(tree.get("seeds").toString()).isEqualTo("[3,9223372036854775807]");
  }

  @Test
  void write_isPrettyAndStable() {
    assertThat(SweepJson.write(Sweeps.parse(Sweeps.SMALL)))
        .startsWith(
            """
            {
              "name" : "test",
              "base" : {
                "dataset" : "digits",
                "data_fraction" : 1,
                "label_noise" : 0,
            """)
        .contains(
            """
              "load" : {
                "setting" : "width",
                "values" : [ "2", "4" ]
              },
            """)
        .endsWith("\"resamples\" : 2000\n  },\n  \"checks\" : [ ]\n}\n");
  }

  /** Each case replaces a piece of the plan of the small sweep. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"depth\" : 2 | \"depth\" : -1 | base.depth: must be an integer in [0, 64], not -1",
        "\"depth\" : 2 | \"deqth\" : 2 | base.deqth: unknown key 'deqth'; did you mean 'depth'?",
        "\"seeds\" : [ 0 ] | \"seeds\" : [ 0, 0 ] | seeds[1]: 0 is repeated",
        "\"seeds\" : [ 0 ] | \"seeds\" : [ ] | seeds: must have at least one seed",
        "[ \"2\", \"4\" ] | [ ] | load.values: must have at least one value",
        "[ \"2\", \"4\" ] | [ \"2\", \"2.0\" ] | load.values[1]: 2 is repeated",
        "[ \"2\", \"4\" ] | [ \"2\", \"[\" ] | load.values[1]: must be an integer in [1, 4096] as JSON, not [",
        "[ \"2\", \"4\" ] | [ 2 ] | load.values[0]: must be a text, not 2; put a text in quotes",
        "\"width\", | \"dataset\", | load.values: 'dataset' is no setting of such an axis",
        "\"width\", | \"colour\", | load.values: 'colour' is no setting of such an axis",
        "\"width\", | \"seed\", | load.values: 'seed' is no setting of such an axis",
        "\"width\", | \"batch_size\", | temperature.values: batch_size is also the axis load.values",
      })
  void parse_brokenPlan_isRefused(String piece, String broken, String problem) {
    String json = SweepJson.write(Sweeps.parse(Sweeps.SMALL));
    assertThat(json).contains(piece);
    assertThatThrownBy(() -> SweepJson.parse(json.replace(piece, broken), "plan.json"))
        .isInstanceOf(InvalidSweepException.class)
        .message()
        .matches("(?s)plan\\.json:\\d+:\\d+: .*")
        .endsWith(problem);
  }

  @Test
  void parse_missingPart_isNamed() {
    assertThatThrownBy(() -> SweepJson.parse("{\"name\": \"a\"}", "plan.json"))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining("plan.json:1:1: load: is missing")
        .hasMessageContaining("plan.json:1:1: seeds: is missing");
  }

  @Test
  void read_cutFile_isNamedWithItsPlace() throws IOException {
    String json = SweepJson.write(Sweeps.parse(Sweeps.SMALL));
    Path file = Files.writeString(folder.resolve("plan.json"), json);
    assertThat(SweepJson.read(file)).isEqualTo(Sweeps.parse(Sweeps.SMALL));
    Files.writeString(file, json.substring(0, 60));
    assertThatThrownBy(() -> SweepJson.read(file))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageStartingWith(file + ":5:1")
        .hasMessageContaining("is not well formed");
  }
}
