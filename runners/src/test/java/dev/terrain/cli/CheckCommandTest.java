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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check}, and the checks of a {@code run}. */
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
    assertThat(facts).hasSize(3);
    assertThat(facts.get(2).path("held").booleanValue()).isFalse();
    assertThat(facts.get(2).path("examined").intValue()).isEqualTo(4);
    assertThat(facts.get(0).path("metric").isNull()).isTrue();
  }

  @Test
  void checksThatAreMissingOrWrongAreNamed() throws IOException {
    Path checks = Files.writeString(other.resolve("checks.yaml"), "checks: [{check: ranges}]");

    Cli none = Cli.run("check", "--out", STUDY);
    Cli wrong = Cli.run("check", "--out", STUDY, "--checks", checks);
    Cli absent = Cli.run("check", "--out", STUDY, "--checks", other.resolve("no.yaml"));

    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("the sweep names no checks; name a file with --checks");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err())
        .contains(checks + ":1:18: checks[0].check: must be one of completeness");
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).contains("no.yaml: there is no such file");
  }
}
