package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the schema says about the effects of settings is what the networks do. */
class SettingEffectTest {
  private static final ImageShape IMAGES = new ImageShape(1, 8, 8, 10);

  @ParameterizedTest
  @CsvSource({
    "mlp, width", "mlp, depth", "mlp, hidden_widths",
    "cnn, width", "cnn, depth", "cnn, hidden_widths",
    "resnet18, width", "resnet18, depth", "resnet18, hidden_widths"
  })
  void anArchitecture_readsWhatItIsSaidToRead(String architecture, String setting) {
    Object other =
        switch (setting) {
          case "width" -> 3;
          case "depth" -> 5;
          default -> List.of(4, 4, 4);
        };
    ModelSpec spec =
        ModelSpec.newBuilder().setArchitecture(architecture).setWidth(2).setDepth(1).build();
    ModelSpec changed = ModelSpec.newBuilder(spec).build();
    changed.put(AxisValues.position(setting), other);

    boolean declared =
        SettingEffect.of(setting).map(effect -> effect.isHeld(architecture)).orElse(true);

    assertThat(!arrays(spec).equals(arrays(changed))).isEqualTo(declared);
  }

  private static List<String> arrays(ModelSpec spec) {
    return Network.of(spec, IMAGES).parameters().stream()
        .map(slot -> slot.name() + Arrays.toString(slot.lengths()))
        .toList();
  }
}
