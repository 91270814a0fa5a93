package dev.terrain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sample for a scheduler passes to this program.
 *
 * @param commandLines arguments of {@code terrain}
 * @param beamOptions arguments of the main class, in Beam's form
 * @param flinkSettings names of settings of a Flink cluster
 * @param launchBodies bodies of requests to launch a template
 */
record SchedulingSample(
    List<List<String>> commandLines,
    List<List<String>> beamOptions,
    List<String> flinkSettings,
    List<JsonNode> launchBodies) {
  /** A command line in a shell or a unit file, up to a redirection or the next command. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "^[^#\\n]*?\\S*/terrain ([^<>|&;\\n]*?)(?: \\d?[<>|&;].*)?$", Pattern.MULTILINE);

  private static final Pattern OPERATOR =
      Pattern.compile(
          "runner=\"(\\w+)\".*?pipeline_options=\\{(.*?)\\}", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern ENTRY = Pattern.compile("\"(\\w+)\":\\s*\"([^\"]*)\"");

  static SchedulingSample read(Path file) throws IOException {
    SchedulingSample sample =
        new SchedulingSample(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String name = file.getFileName().toString();
    String text = Files.readString(file);
    if (name.endsWith(".yaml")) {
      new YAMLMapper()
          .readerFor(JsonNode.class)
          .<JsonNode>readValues(text)
          .forEachRemaining(sample::addYaml);
    } else if (name.endsWith(".py")) {
      sample.addPython(text);
    } else if (name.endsWith(".json")) {
      sample.addLaunch(new JsonMapper().readTree(text));
    } else {
      COMMAND
          .matcher(text)
          .results()
          .forEach(
              command -> sample.commandLines.add(List.of(command.group(1).trim().split(" +"))));
    }
    return sample;
  }

  private void addYaml(JsonNode node) {
    if (node.path("command").path(0).asText().endsWith("/terrain")) {
      commandLines.add(texts(node.path("args")));
    }
    node.path("flinkConfiguration").fieldNames().forEachRemaining(flinkSettings::add);
    node.forEach(this::addYaml);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private void addPython(String text) {
    Matcher operator = OPERATOR.matcher(text);
    while (operator.find()) {
      List<String> options = new ArrayList<>(List.of("--runner=" + operator.group(1)));
      ENTRY
          .matcher(operator.group(2))
          .results()
          .forEach(entry -> options.add("--" + entry.group(1) + "=" + entry.group(2)));
      beamOptions.add(options);
    }
  }

  private void addLaunch(JsonNode body) {
    launchBodies.add(body);
    List<String> options = new ArrayList<>();
    body.path("launchParameter")
        .path("parameters")
        .fields()
        .forEachRemaining(
            parameter ->
                options.add("--" + parameter.getKey() + "=" + parameter.getValue().asText()));
    beamOptions.add(options);
  }
}
