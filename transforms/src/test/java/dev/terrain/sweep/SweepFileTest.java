package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.Axis;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepFileTest {
  @TempDir Path folder;

  @Test
  void parse_everyKey_isRead() {
    Sweep sweep = Sweeps.parse(Sweeps.FULL);
    assertThat(sweep.getName()).isEqualTo("digits");
    assertThat(sweep.getBase().getEpochs()).isEqualTo(60);
    assertThat(sweep.getLoad()).isEqualTo(new Axis("width", List.of("2", "4", "8", "16")));
    assertThat(sweep.getTemperature())
        .isEqualTo(new Axis("batch_size", List.of("16", "32", "64", "128", "256", "512", "1024")));
    assertThat(sweep.getOtherAxes()).containsExactly(new Axis("label_noise", List.of("0", "0.1")));
    assertThat(sweep.getSeeds()).containsExactly(0L, 1L, 2L);
    assertThat(new dev.terrain.stage.curvature.CurvatureStage().settings(sweep).getExamples())
        .isEqualTo(500);
    assertThat(sweep.getTaxonomy().getConvergedTrainLoss()).isEqualTo(0.02);
  }

  @Test
  void parse_whatIsLeftOut_takesTheDefaultsOfTheSchema() {
    Sweep sweep = Sweeps.parse(Sweeps.SMALL);
    assertThat(sweep.getName()).isEqualTo("test");
    assertThat(sweep.getBase()).isEqualTo(ModelSpec.newBuilder().build());
    assertThat(new dev.terrain.stage.curvature.CurvatureStage().settings(sweep))
        .isEqualTo(CurvatureSettings.newBuilder().build());
    assertThat(sweep.getOtherAxes()).isEmpty();
    assertThat(sweep.getMetrics())
        .containsExactly("losses", "curvature", "connectivity", "similarity", "distance");
  }

  @Test
  void parse_metrics_areInOneOrderAndHoldTheLosses() {
    String two = Sweeps.SMALL.replace("seeds: 1", "seeds: 2");
    assertThat(Sweeps.parse(two + "metrics: [distance, curvature]").getMetrics())
        .containsExactly("losses", "curvature", "distance");
    assertThat(Sweeps.smallWith("metrics: []").getMetrics()).containsExactly("losses");
  }

  @Test
  void parse_listOfSeeds_isKept() {
    String yaml = Sweeps.SMALL.replace("seeds: 1", "seeds: [7, 9223372036854775807, 3.0]");
    assertThat(Sweeps.parse(yaml).getSeeds()).containsExactly(7L, Long.MAX_VALUE, 3L);
  }

  @Test
  void parse_otherAxes_mayBeTextsAndLists() {
    String yaml =
        """
        axes:
          load: {label_noise: [0, 0.1]}
          temperature: {learning_rate: [1e-3, .01]}
          other:
            architecture: [mlp, "cnn"]
            hidden_widths: [[], [64, 32.0]]
        seeds: 1
        """;
    assertThat(Sweeps.parse(yaml).getOtherAxes())
        .containsExactly(
            new Axis("architecture", List.of("\"mlp\"", "\"cnn\"")),
            new Axis("hidden_widths", List.of("[]", "[64, 32]")));
    assertThat(Sweeps.parse(yaml).getTemperature().getValues()).containsExactly("0.001", "0.01");
  }

  @Test
  void parse_aliases_areFollowed() {
    String yaml =
        """
        axes:
          load: {width: &sizes [2, 4]}
          temperature: {batch_size: *sizes}
        seeds: *sizes
        """;
    assertThat(Sweeps.parse(yaml).getSeeds()).containsExactly(2L, 4L);
    assertThat(Sweeps.parse(yaml).getTemperature().getValues()).containsExactly("2", "4");
  }

  @Test
  void parse_json_isYamlToo() {
    String json =
        "{\"axes\":{\"load\":{\"width\":[2]},\"temperature\":{\"epochs\":[3]}},\"seeds\":1}";
    assertThat(Sweeps.parse(json).getLoad().getSetting()).isEqualTo("width");
  }

  @ParameterizedTest
  @ValueSource(strings = {"32", "32.0", "3.2e1", "+32", "320E-1", "32."})
  void parse_integerSetting_takesAnyWayToWriteTheInteger(String number) {
    assertThat(Sweeps.smallWith("base: {epochs: " + number + "}").getBase().getEpochs())
        .isEqualTo(32);
  }

  @Test
  void modelIds_dependOnNeitherKeyOrderNorCommentsNorDefaultsNorNumberFormats() {
    String rewritten =
        """
        # Another author.
        seeds: [0, 1.0, 2]
        taxonomy: {converged_train_loss: 2e-2}
        axes:
          other: {label_noise: [-0.0, 1E-1]}   # none, some
          temperature: {"batch_size": [16, 32, 64, 128, 256, 512, 1024]}
          load: {width: [2.0, 4, 8e0, 1.6e1]}
        base:
          epochs: 6e1
          architecture: "mlp"
          learning_rate: 5.0e-2
          momentum: .9
        """;
    assertThat(Sweeps.modelIds(rewritten)).isEqualTo(Sweeps.modelIds(Sweeps.FULL));
  }

  @Test
  void modelIds_allDefaultsWrittenOut_areThoseWithout() {
    StringBuilder base = new StringBuilder("base:\n");
    for (Schema.Field field : ModelSpec.getClassSchema().getFields()) {
      if (!List.of("seed", "width", "batch_size").contains(field.name())) {
        Object value = ModelSpec.newBuilder().build().get(field.pos());
        base.append("  ").append(field.name()).append(": ").append(value).append('\n');
      }
    }
    assertThat(Sweeps.modelIds(Sweeps.SMALL + base)).isEqualTo(Sweeps.modelIds(Sweeps.SMALL));
  }

  /** Writes random learning rates in random formats; each must read as Java reads it. */
  @Test
  void parse_randomNumbers_areReadExactly() {
    CounterRandom random = CounterRandom.of("sweep-file-test", "numbers", 0);
    List<Double> expected = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double value = Math.pow(10, -6 + 8 * random.nextDouble());
      String text =
          switch (random.nextInt(3)) {
            case 0 -> Double.toString(value);
            case 1 -> String.format(Locale.ROOT, "%.12e", value);
            default -> String.format(Locale.ROOT, "%+.15f", value);
          };
      written.add(text);
      expected.add(Double.parseDouble(text));
    }
    String yaml =
        "axes: {load: {width: [1]}, temperature: {learning_rate: "
            + written
            + "}}\nseeds: 1\nbase: {weight_decay: 0}";
    assertThat(Sweeps.models(yaml).stream().map(ModelSpec::getLearningRate).toList())
        .isEqualTo(expected);
  }

  @Test
  void read_fileWhoseNameCannotBeSeen_needsANameOfItsOwn() throws IOException {
    Path file = Files.writeString(folder.resolve("a\u202Eb.yaml"), Sweeps.SMALL);
    assertThatThrownBy(() -> SweepFile.read(file))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageEndingWith(
            "name: must have no line breaks, control characters or direction marks, but has U+202E;"
                + " give the sweep a name of its own");
    Files.writeString(file, Sweeps.FULL);
    assertThat(SweepFile.read(file).getName()).isEqualTo("digits");
  }

  @Test
  void read_file_isNamedByItUnlessItSaysOtherwise() throws IOException {
    Path file = Files.writeString(folder.resolve("my.sweep.yaml"), "\uFEFF" + Sweeps.SMALL);
    assertThat(SweepFile.read(file).getName()).isEqualTo("my.sweep");
    Files.writeString(file, Sweeps.FULL);
    assertThat(SweepFile.read(file).getName()).isEqualTo("digits");
  }

  @Test
  void read_problem_isNamedWithFileLineAndColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), Sweeps.SMALL + "base: {depth: -1}\n");
    assertThatThrownBy(() -> SweepFile.read(file))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(file + ":7:15: base.depth: must be an integer in [0, 64], not -1");
  }

  @Test
  void read_whatIsNoReadableText_isSaid() throws IOException {
    assertUnreadable(folder.resolve("none.yaml"), "there is no such file");
    assertUnreadable(folder, "is a folder, not a file");
    Path large = Files.write(folder.resolve("large"), new byte[SweepFile.MAX_BYTES + 1]);
    assertUnreadable(large, "has more than 1048576 bytes");
    Path latin =
        Files.write(folder.resolve("latin"), "name: ä".getBytes(StandardCharsets.ISO_8859_1));
    assertUnreadable(latin, "is not text in UTF-8");
    assertUnreadable(Files.writeString(folder.resolve("empty"), ""), "is empty");
    assertUnreadable(Files.writeString(folder.resolve("comment"), "# nothing\n"), "is empty");
  }

  private static void assertUnreadable(Path file, String message) {
    assertThatThrownBy(() -> SweepFile.read(file))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(file + ": " + message);
  }
}
