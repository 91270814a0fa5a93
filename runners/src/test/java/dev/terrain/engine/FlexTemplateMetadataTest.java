package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import dev.terrain.run.SweepOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class FlexTemplateMetadataTest {
  @Test
  void everyOptionOfTheMainJobIsAParameter() throws IOException {
    Map<String, ParameterMetadata> parameters = parameters();

    assertThat(parameters)
        .containsOnlyKeys(
            "sweep",
            "study",
            "data",
            "saveEverySeconds",
            "stack",
            "detach",
            "rebuildTables",
            "copyModels",
            "copyTables",
            "numberOfWorkerHarnessThreads");
    assertThat(parameters.values())
        .allSatisfy(
            parameter -> {
              assertThat(parameter.getUnknownKeys()).isEmpty();
              assertThat(parameter.getLabel()).isNotBlank();
              assertThat(parameter.getHelpText()).isNotBlank();
            });
    assertThat(parameters.get("sweep").getIsOptional()).isFalse();
    assertThat(parameters.get("sweep").getParamType()).isEqualTo("GCS_READ_FILE");
    assertThat(parameters.get("study").getIsOptional()).isFalse();
    assertThat(parameters.get("data").getIsOptional()).isTrue();
    assertThat(parameters.get("detach").getParamType()).isEqualTo("BOOLEAN");
    assertThat(parameters.get("numberOfWorkerHarnessThreads").getParamType()).isEqualTo("NUMBER");
  }

  @Test
  void theMainClassUnderstandsEveryParameter() throws IOException {
    List<String> arguments = new ArrayList<>();
    parameters()
        .forEach(
            (name, parameter) ->
                arguments.add(
                    "--"
                        + name
                        + "="
                        + switch (parameter.getParamType()) {
                          case "BOOLEAN" -> "true";
                          case "NUMBER" -> "4";
                          default -> name.equals("stack") ? "off" : "gs://bucket/x";
                        }));

    SweepOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
            .withValidation()
            .as(SweepOptions.class);

    assertThat(options.getSweep()).isEqualTo("gs://bucket/x");
    assertThat(options.getDetach()).isTrue();
    assertThat(options.getStack()).isEqualTo("off");
  }

  @Test
  void booleansAreFalseByDefault() {
    assertThat(PipelineOptionsFactory.as(SweepOptions.class).getDetach()).isFalse();
  }

  private static Map<String, ParameterMetadata> parameters() throws IOException {
    TemplateMetadata metadata =
        GsonFactory.getDefaultInstance()
            .fromString(FlexTemplateMetadata.json(), TemplateMetadata.class);
    assertThat(metadata.getUnknownKeys()).isEmpty();
    assertThat(metadata.getName()).isEqualTo("Terrain");
    return metadata.getParameters().stream()
        .collect(Collectors.toMap(ParameterMetadata::getName, Function.identity()));
  }
}
