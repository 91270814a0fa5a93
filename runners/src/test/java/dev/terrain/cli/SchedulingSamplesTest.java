package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.util.ClassInfo;
import com.google.api.client.util.FieldInfo;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import dev.terrain.engine.Engine;
import dev.terrain.run.SweepOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** The samples for schedulers use no command, option or value that does not exist. */
class SchedulingSamplesTest {
  private static final Path SAMPLES = Path.of("..", "examples", "scheduling");
  private static final Path MISSPELT = Path.of("src/test/resources/dev/terrain/cli/misspelt");
  private static final Class<?> LAUNCH = LaunchFlexTemplateRequest.class;

  static Stream<Path> samples() throws IOException {
    return list(SAMPLES);
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void usesOnlyWhatExists(Path file) throws Exception {
    check(SchedulingSample.read(file));
  }

  @ParameterizedTest
  @CsvSource({
    "crontab, 1, 0, 0",
    "terrain.service, 1, 0, 0",
    "kubernetes-cronjob.yaml, 1, 0, 0",
    "flink-kubernetes-operator.yaml, 1, 0, 7",
    "airflow_dag.py, 0, 2, 0",
    "flex-template-launch.json, 0, 1, 0"
  })
  void everythingInASampleIsFound(String file, int commands, int options, int settings)
      throws IOException {
    SchedulingSample sample = SchedulingSample.read(SAMPLES.resolve(file));

    assertThat(sample.commandLines()).hasSize(commands);
    assertThat(sample.commandLines()).allMatch(words -> words.get(0).equals("run"));
    assertThat(sample.beamOptions()).hasSize(options);
    assertThat(sample.flinkSettings()).hasSize(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "crontab, --workres",
    "terrain.service, loud",
    "kubernetes-cronjob.yaml, jobNaem",
    "flink-kubernetes-operator.yaml, taskmanager.numberOfTaskSlot",
    "airflow_dag.py, parallelsim",
    "flex-template-launch.json, sweeep"
  })
  void whatDoesNotExistIsFound(String file, String misspelt) throws IOException {
    SchedulingSample sample = SchedulingSample.read(MISSPELT.resolve(file));

    assertThatThrownBy(() -> check(sample)).hasMessageContaining(misspelt);
  }

  @Test
  void aFieldThatNoLaunchHasIsFound() throws Exception {
    JsonNode body =
        SchedulingSample.read(SAMPLES.resolve("flex-template-launch.json")).launchBodies().get(0);

    assertThat(unknownFields(body, LAUNCH)).isEmpty();
    assertThat(unknownFields(body.path("launchParameter"), LAUNCH)).contains("jobName");
  }

  private static void check(SchedulingSample sample) throws Exception {
    for (List<String> words : sample.commandLines()) {
      checkCommandLine(words);
    }
    for (List<String> options : sample.beamOptions()) {
      checkBeamOptions(options);
    }
    assertThat(flinkSettings()).containsAll(sample.flinkSettings());
    for (JsonNode body : sample.launchBodies()) {
      assertThat(unknownFields(body, LAUNCH)).isEmpty();
    }
  }

  /** Picocli refuses what the command does not have; Beam refuses what follows the dashes. */
  private static void checkCommandLine(List<String> words) {
    List<String> ours = words;
    int dashes = words.indexOf("--");
    if (dashes >= 0) {
      ours = words.subList(0, dashes);
      checkBeamOptions(words.subList(dashes + 1, words.size()));
    }
    ParseResult result = Terrain.commandLine().parseArgs(ours.toArray(String[]::new));
    assertThat(result.subcommand()).isNotNull();
    assertThat(result.subcommand().<Engine>matchedOptionValue("--runner", Engine.local))
        .isNotNull();
  }

  private static void checkBeamOptions(List<String> options) {
    PipelineOptionsFactory.fromArgs(options.toArray(String[]::new)).as(SweepOptions.class);
  }

  /** Fields of a body that the client library's class of it does not have. */
  private static List<String> unknownFields(JsonNode body, Class<?> type) {
    List<String> unknown = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = body.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      FieldInfo info = ClassInfo.of(type).getFieldInfo(field.getKey());
      if (info == null) {
        unknown.add(field.getKey());
      } else if (!Map.class.isAssignableFrom(info.getType())
          || info.getType().getName().startsWith("com.google.api.services")) {
        unknown.addAll(unknownFields(field.getValue(), info.getType()));
      }
    }
    return unknown;
  }

  private static Set<String> flinkSettings() throws IllegalAccessException {
    Set<String> keys = new HashSet<>();
    for (Class<?> options :
        List.of(
            CoreOptions.class,
            HeartbeatManagerOptions.class,
            RestartStrategyOptions.class,
            TaskManagerOptions.class)) {
      for (Field field :
          Arrays.stream(options.getFields())
              .filter(field -> Modifier.isStatic(field.getModifiers()))
              .toList()) {
        if (field.get(null) instanceof ConfigOption<?> option) {
          keys.add(option.key());
        }
      }
    }
    return keys;
  }
}
