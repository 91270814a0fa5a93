package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void saysWhatTheMachineHas_andThatTheEngineIsRight() {
    Cli cli = Cli.run("doctor");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .containsPattern("engine +PyTorch 2\\.")
        .containsPattern("processor +\\S")
        .containsPattern("instructions +\\S")
        .containsPattern("freed memory +(kept for the next step|as )")
        .containsPattern("arithmetic +(oneDNN|without oneDNN), right: float32 against float64");
  }

  @Test
  void factsOfTheEngine_areToBeHadAsJson() throws IOException {
    Cli cli = Cli.run("doctor", "--json");

    JsonNode facts = new JsonMapper().readTree(cli.out());
    assertThat(facts.path("arithmetic_right").booleanValue()).isTrue();
    assertThat(facts.path("gradient_deviation").doubleValue()).isBetween(1e-9, 1e-4);
    assertThat(facts.path("product_deviation").doubleValue()).isBetween(1e-9, 1e-4);
    assertThat(facts.path("engine_build").textValue()).startsWith("2.");
    assertThat(facts.path("freed_memory").textValue()).isIn("KEPT", "AS_CONFIGURED", "UNMANAGED");
    assertThat(facts.path("processors").intValue())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
