package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times that {@code plan} tells. */
@Tag("engine")
class PlanTimeCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @Test
  void aGrownStudyIsTimedByItsRecords() throws IOException {
    Path grown =
        SmallSweep.write(other, SmallSweep.YAML.replace("width: [2, 4]", "width: [2, 3, 4]"));

    Cli text = Cli.run("plan", grown, "--out", STUDY);
    JsonNode plan = MAPPER.readTree(Cli.run("plan", grown, "--out", STUDY, "--json").out());

    assertThat(text.out())
        .containsPattern("estimated time: about [0-9]+ s.*, by records of the ledger")
        .containsPattern("train +4 done +2 to do \\(2 new\\): [0-9]+ s");
    assertThat(plan.path("estimated_from").textValue()).isEqualTo("RECORDS");
    assertThat(plan.path("estimated_seconds").doubleValue())
        .isBetween(
            plan.path("estimated_seconds_low").doubleValue(),
            plan.path("estimated_seconds_high").doubleValue());
    assertThat(plan.path("stages").findValues("work_seconds")).allMatch(JsonNode::isNumber);
  }

  @Test
  void anEmptyStudyIsTimedByAProbe() {
    Cli cli = Cli.run("plan", SWEEP, "--out", other.resolve("absent"));

    assertThat(cli.out())
        .containsPattern("estimated time: about .*, by a probe of this machine")
        .contains("connectivity.epochs: 1 become 10 at data_fraction 0.1, for as many steps: ");
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void theEpochsOfAFitAtASmallShareOfTheDataAreToldWithTheirTime() throws IOException {
    Path small =
        SmallSweep.write(
            other,
            SmallSweep.YAML
                .replace("data_fraction: 0.1", "data_fraction: 0.02")
                .replace("epochs: 1}", "epochs: 50}"));

    Cli text = Cli.run("plan", small, "--out", other.resolve("absent"));
    JsonNode plan =
        MAPPER.readTree(Cli.run("plan", small, "--out", other.resolve("absent"), "--json").out());

    assertThat(text.out())
        .containsPattern("connectivity.epochs: 50 become 2,500 at data_fraction 0.02, .*: [0-9]+");
    JsonNode fit = plan.path("prolonged").path(0);
    assertThat(fit.path("epochs").longValue()).isEqualTo(2500);
    assertThat(fit.path("stage").textValue()).isEqualTo("connectivity");
    assertThat(fit.path("units").intValue()).isEqualTo(2);
    assertThat(fit.path("work_seconds").doubleValue()).isPositive();
  }
}
