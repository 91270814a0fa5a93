package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.SWEEP;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check}, and the checks of a {@code run}. */
@Tag("engine")
class CheckCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @Test
  void checksThatDoNotHoldEndWithFiveUnlessTheyOnlyWarn() throws IOException {
    Path copy = copyIn(other);
    Path checks = other.resolve("checks.yaml");
    Files.writeString(
        checks,
        """
        checks:
          - {check: completeness}
          - {check: range, metric: train_accuracy, between: [0, 100]}
          - {check: range, metric: train_accuracy, between: [0, 1], share: 0.5, severity: warn}
        """);

    Cli warned = Cli.run("check", "--out", copy, "--checks", checks);
    Cli run = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--checks", checks);
    Files.writeString(
        checks, Files.readString(checks).replace("severity: warn", "severity: error"));
    Cli failed = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--checks", checks);
    Cli json = Cli.run("check", "--out", copy, "--json");

    assertThat(warned.exitCode()).as(warned.err()).isZero();
    assertThat(warned.out())
        .contains("held    completeness: 14 of 14 in [1, 1]")
        .contains("held    range of train_accuracy: 4 of 4 in [0, 100]")
        .contains("warning range of train_accuracy: 0 of 4 in [0, 1], at least 50 %")
        .contains("train_accuracy of model ");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("warning range").contains("tables and report are up to date");
    assertThat(failed.exitCode()).isEqualTo(5);
    assertThat(failed.err()).contains("FAILED  range of train_accuracy");
    assertThat(json.exitCode()).isEqualTo(5);
    JsonNode facts = MAPPER.readTree(json.out());
    // And what nobody asked for: diverged and weights.
    assertThat(facts).hasSize(5);
    assertThat(facts.get(3).path("check").textValue()).isEqualTo("diverged");
    assertThat(facts.get(4).path("check").textValue()).isEqualTo("weights");
    assertThat(facts.get(2).path("held").booleanValue()).isFalse();
    assertThat(facts.get(2).path("examined").intValue()).isEqualTo(4);
    assertThat(facts.get(0).path("metric").isNull()).isTrue();
  }

  @Test
  void withoutAWordOfTheSweepCompletenessDivergencesAndWeightsAreChecked() throws IOException {
    Path copy = copyIn(other);
    Cli sound = Cli.run("check", "--out", copy);
    Path model;
    try (Stream<Path> models = Files.list(copy.resolve("models"))) {
      model = models.findFirst().orElseThrow();
    }
    Path file = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Cli damaged = Cli.run("check", "--out", copy);
    Files.delete(file);
    Cli missing = Cli.run("check", "--out", copy);
    Cli status = Cli.run("status", "--out", copy);
    Cli json = Cli.run("status", "--out", copy, "--json");

    assertThat(sound.exitCode()).as(sound.err()).isZero();
    assertThat(sound.out())
        .isEqualToNormalizingNewlines(
            """
            held    completeness: 14 of 14 in [1, 1]
            held    diverged: 4 of 4 in [0, 0], at least 90 %
            held    weights: 4 of 4 in [1, 1]
            """);
    String id = model.getFileName().toString().substring(0, 12);
    assertThat(damaged.exitCode()).isEqualTo(5);
    assertThat(damaged.out())
        .contains("FAILED  weights: 3 of 4 in [1, 1]")
        .contains("model " + id + ": " + file + ": damaged");
    assertThat(missing.exitCode()).isEqualTo(5);
    assertThat(missing.out()).contains(file + " is missing; restore the file, or train the model");
    assertThat(status.out()).contains("missing weights: 1 (" + id + "); restore the files");
    assertThat(MAPPER.readTree(json.out()).path("weights_missing").intValue()).isEqualTo(1);
  }

  @Test
  void aRunWhoseModelsDivergeSaysSo() throws IOException {
    Path sweep =
        SmallSweep.write(
            other,
            SmallSweep.YAML.replace("base: {", "base: {learning_rate: 1000, weight_decay: 1000, "));
    Path study = other.resolve("study");

    Cli run = Cli.run("run", sweep, "--out", study, "--runner", "direct");
    Cli json = Cli.run("run", sweep, "--out", study, "--runner", "direct", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("4 units: 0 remembered, 4 computed, 0 failed, 4 of 4 models diverged; ")
        .contains("warning diverged: 0 of 4 in [0, 0], at least 90 %")
        .containsPattern("model [0-9a-f]{12} diverged")
        .contains("held    completeness: 4 of 4");
    JsonNode facts = MAPPER.readTree(json.out());
    assertThat(facts.path("models").intValue()).isEqualTo(4);
    assertThat(facts.path("diverged").intValue()).isEqualTo(4);
    assertThat(json.err()).contains("0 failed, 4 of 4 models diverged");
  }

  @Test
  void checksThatAreMissingOrWrongAreNamed() throws IOException {
    Path checks = Files.writeString(other.resolve("checks.yaml"), "checks: [{check: ranges}]");

    Path empty = Files.writeString(other.resolve("none.yaml"), "checks: []");
    Cli none = Cli.run("check", "--out", STUDY, "--checks", empty);
    Cli wrong = Cli.run("check", "--out", STUDY, "--checks", checks);
    Cli absent = Cli.run("check", "--out", STUDY, "--checks", other.resolve("no.yaml"));

    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("none.yaml names no checks");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err())
        .contains(checks + ":1:18: checks[0].check: must be one of completeness");
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).contains("no.yaml: there is no such file");
  }
}
