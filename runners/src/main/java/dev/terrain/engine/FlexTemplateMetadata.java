package dev.terrain.engine;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import dev.terrain.run.StudyOptions;
import dev.terrain.run.SweepOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.runners.dataflow.options.DataflowPipelineDebugOptions;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/**
 * What a Flex Template tells of its parameters ({@code metadata.json}): those of the main job, and
 * those of Dataflow that suit it and have no field of their own in a launch request. Dataflow
 * refuses a parameter that is not listed.
 */
public final class FlexTemplateMetadata {
  /** Where the console looks when it checks an address. */
  private static final Map<String, String> ADDRESSES =
      Map.of("sweep", "GCS_READ_FILE", "study", "GCS_WRITE_FOLDER", "data", "GCS_READ_FOLDER");

  private FlexTemplateMetadata() {}

  /** The metadata as JSON. */
  public static String json() throws IOException {
    TemplateMetadata metadata =
        new TemplateMetadata()
            .setName("Terrain")
            .setDescription(
                "Trains and measures the models of a sweep, and writes the tables of its study. Does only what the study's ledger lacks.")
            .setParameters(
                Stream.concat(
                        getters(StudyOptions.class, SweepOptions.class),
                        getters(DataflowPipelineDebugOptions.class)
                            .filter(getter -> name(getter).equals("numberOfWorkerHarnessThreads")))
                    .map(FlexTemplateMetadata::parameter)
                    .toList());
    metadata.setFactory(GsonFactory.getDefaultInstance());
    return metadata.toPrettyString();
  }

  /** The getters that these interfaces declare themselves, required ones first. */
  private static Stream<Method> getters(Class<?>... options) {
    return Arrays.stream(options)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Description.class))
        .filter(method -> method.getParameterCount() == 0)
        .sorted(
            Comparator.comparing((Method getter) -> !isRequired(getter))
                .thenComparing(FlexTemplateMetadata::name));
  }

  private static ParameterMetadata parameter(Method getter) {
    String help = getter.getAnnotation(Description.class).value();
    ParameterMetadata parameter =
        new ParameterMetadata()
            .setName(name(getter))
            .setLabel(label(getter))
            .setHelpText(help)
            .setIsOptional(!isRequired(getter))
            .setParamType(ADDRESSES.getOrDefault(name(getter), type(getter.getReturnType())));
    if (getter.getReturnType() == boolean.class) {
      parameter.setRegexes(List.of("^(true|false)$"));
    }
    return parameter;
  }

  private static String type(Class<?> type) {
    if (type == boolean.class) {
      return "BOOLEAN";
    }
    return type == int.class || type == long.class || type == double.class ? "NUMBER" : "TEXT";
  }

  private static boolean isRequired(Method getter) {
    return getter.isAnnotationPresent(Validation.Required.class);
  }

  private static String name(Method getter) {
    String name = getter.getName().replaceFirst("^(?:get|is)", "");
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** The name as words. */
  private static String label(Method getter) {
    String words = name(getter).replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
