package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecTextTest {
  @Test
  void settings_areThoseThatDifferFromTheDefaultsWithoutTheSeed() {
    ModelSpec spec =
        ModelSpec.newBuilder()
            .setBatchSize(32)
            .setWidth(4)
            .setHiddenWidths(List.of(8, 4))
            .setLabelNoise(0.1)
            .setSeed(7)
            .build();

    assertThat(SpecText.settings(spec))
        .isEqualTo("label_noise=0.1, width=4, hidden_widths=[8, 4], batch_size=32");
    assertThat(SpecText.settings(ModelSpec.newBuilder().setSeed(1).build())).isEmpty();
  }
}
