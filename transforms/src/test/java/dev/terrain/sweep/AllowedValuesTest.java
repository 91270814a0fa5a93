package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.data.Datasets;
import dev.terrain.model.Architectures;
import dev.terrain.model.SoftmaxRegression;
import dev.terrain.registry.Extension;
import dev.terrain.registry.Plugins;
import dev.terrain.registry.Registry;
import dev.terrain.surface.Optimizers;
import dev.terrain.training.LearningRateSchedules;
import dev.terrain.v1.ModelSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of a model allows what the lists hold, and says what these read. */
class AllowedValuesTest {
  private static final Schema SPEC = ModelSpec.getClassSchema();

  private static Stream<Registry<? extends Extension>> lists() {
    return Stream.of(Datasets.ALL, Architectures.ALL, Optimizers.ALL, LearningRateSchedules.ALL);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void theSchemaAllows_whatTheListHolds(Registry<? extends Extension> list) {
    String setting = list.all().get(0).kind();

    assertThat(Setting.of(SPEC, setting).allowed()).isEqualTo(list.names());
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aSettingMatters_whereWhatIsListedReadsIt(Registry<? extends Extension> list) {
    for (Extension entry : list.all()) {
      assertThat(entry.settings()).allMatch(name -> SPEC.getField(name) != null);
      for (Schema.Field field : SPEC.getFields()) {
        SettingEffect.of(field.name())
            .filter(effect -> effect.of().equals(entry.kind()))
            .ifPresent(
                effect ->
                    assertThat(effect.isHeld(entry.name()))
                        .as("%s of %s", field.name(), entry.name())
                        .isEqualTo(entry.settings().contains(field.name())));
      }
    }
  }

  @Test
  void whatComesFromOutside_isAllowedBesideWhatTheSchemaStates() {
    Setting setting =
        Setting.of(SPEC.getField("architecture"), Plugins.of(new SoftmaxRegression()));

    assertThat(setting.allowed())
        .isEqualTo(List.of("mlp", "cnn", "resnet18", "one-dimensional", "softmax-regression"));
    assertThat(setting.allows("softmax-regression")).isTrue();
    assertThat(setting.allows("transformer")).isFalse();
    assertThat(setting.allowedText())
        .isEqualTo("one of mlp, cnn, resnet18, one-dimensional, softmax-regression");
  }

  @Test
  void whatComesFromOutside_saysWhichSettingsMatter() {
    Extension deep =
        new Extension() {
          @Override
          public String kind() {
            return "architecture";
          }

          @Override
          public String name() {
            return "deep";
          }

          @Override
          public int version() {
            return 1;
          }

          @Override
          public Set<String> settings() {
            return Set.of("depth");
          }
        };
    Map<String, Boolean> held = new HashMap<>();
    for (String setting : List.of("depth", "hidden_widths")) {
      held.put(setting, SettingEffect.of(setting, Plugins.of(deep)).orElseThrow().isHeld("deep"));
    }

    assertThat(held).containsEntry("depth", true).containsEntry("hidden_widths", false);
  }
}
