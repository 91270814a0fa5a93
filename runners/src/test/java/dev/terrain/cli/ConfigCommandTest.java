package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void validateCountsCellsAndModels() throws IOException {
    Cli cli = Cli.run("config", "validate", SmallSweep.write(folder));

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("small.yaml is valid: 2 cells, 4 models");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void validateNeedsNoDataButUsesThoseThatItIsGiven() throws IOException {
    Path sweep =
        SmallSweep.write(
            folder, SmallSweep.YAML.replace("base: {", "base: {dataset: fashion-mnist, "));

    Cli given = Cli.run("config", "validate", sweep, "--data", folder.resolve("none"));

    assertThat(given.exitCode()).isEqualTo(3);
    assertThat(given.err()).contains("none lacks train-images-idx3-ubyte");
  }

  @Test
  void validateSaysWhatIsInVain() throws IOException {
    Path sweep = SmallSweep.write(folder, SmallSweep.YAML.replace("seeds: 2", "seeds: 1"));

    Cli cli = Cli.run("config", "validate", sweep);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).startsWith("note: one seed makes no pairs of models").hasLineCount(1);
  }

  @Test
  void showResolvesEverySetting() throws IOException {
    Cli cli = Cli.run("config", "show", SmallSweep.write(folder));

    assertThat(cli.exitCode()).isZero();
    JsonNode sweep = MAPPER.readTree(cli.out());
    assertThat(sweep.at("/base/depth").intValue()).isEqualTo(1);
    assertThat(sweep.at("/base/momentum").doubleValue()).isEqualTo(0.9);
    assertThat(sweep.at("/connectivity/pairs").textValue()).isEqualTo("ring");
    assertThat(sweep.at("/seeds")).hasSize(2);
  }

  @Test
  void schemaIsAJsonSchemaOfSweeps() throws IOException {
    Cli cli = Cli.run("config", "schema");

    assertThat(cli.exitCode()).isZero();
    JsonNode schema = MAPPER.readTree(cli.out());
    assertThat(schema.path("$schema").textValue()).contains("json-schema.org");
    assertThat(schema.at("/properties/axes").isObject()).isTrue();
  }

  @Test
  void helpAndVersionAreDataOnStandardOutput() {
    assertThat(Cli.run("--version").out()).startsWith("terrain ");
    for (String command : new String[] {"run", "plan", "status", "export", "report", "config"}) {
      Cli cli = Cli.run(command, "--help");
      assertThat(cli.exitCode()).isZero();
      assertThat(cli.out()).startsWith("Usage: terrain " + command);
      assertThat(cli.err()).isEmpty();
    }
  }
}
