package dev.terrain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.run.SmallStudy;
import dev.terrain.stage.standard.DataRules;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Sweep;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that does not fit its data or networks is refused before anything is trained. */
final class SweepDataTest {
  @TempDir private Path folder;

  private static Sweep of(String parameters) {
    return SmallStudy.sweepWith("examples: 50,", "examples: 50, parameters: [" + parameters + "],");
  }

  private static Sweep alsoOfDepth2(String parameters) {
    return Sweep.newBuilder(of(parameters))
        .setTemperature(new Axis("depth", List.of("1", "2")))
        .build();
  }

  @Test
  void parametersThatAModelLacksAreRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> new SmallStudy(folder).open(of("fc1, conv1")).checkData())
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(
            "small: curvature.parameters: of architecture 'mlp': name (conv1) must be that of a parameter array or of a layer; arrays are [fc1.weight, fc1.bias, fc2.weight, fc2.bias]");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void everyCellMustHaveThem() {
    assertThatThrownBy(() -> DataRules.check(alsoOfDepth2("fc3.bias"), null))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining("fc3.bias");
    assertThatCode(() -> DataRules.check(alsoOfDepth2("fc2"), null)).doesNotThrowAnyException();
  }

  @Test
  void whereNoCurvatureIsAskedForTheyDoNotMatter() {
    Sweep losses = Sweep.newBuilder(of("conv1")).setMetrics(List.of("losses")).build();
    assertThatCode(() -> DataRules.check(losses, null)).doesNotThrowAnyException();
  }
}
