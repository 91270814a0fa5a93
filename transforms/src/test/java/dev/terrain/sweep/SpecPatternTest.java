package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.v1.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecPatternTest {
  private static final ModelSpec SPEC =
      ModelSpec.newBuilder()
          .setWidth(4)
          .setBatchSize(32)
          .setLabelNoise(0.1)
          .setArchitecture("cnn")
          .setHiddenWidths(List.of(8, 4))
          .setSeed(1)
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width=4",
        "width=4, batch_size=32",
        "width=4, batch_size=32, seed 1",
        "width=4 batch_size=32 seed=1",
        " width == 4 ,label_noise=1e-1 ",
        "label_noise=0.10",
        "architecture=cnn",
        "hidden_widths=[8, 4], width=4",
        "seed 7"
      })
  void aCell_isMatchedByItsSettings_whateverTheSeed(String text) {
    assertThat(SpecPattern.isMeantBy(text)).isTrue();
    assertThat(SpecPattern.parse(text).matchesCell(SPEC)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"width=5", "width=4, batch_size=16", "hidden_widths=[4, 8]"})
  void otherValues_doNotMatch(String text) {
    assertThat(SpecPattern.parse(text).matchesCell(SPEC)).isFalse();
  }

  @Test
  void aSeed_isKeptApart() {
    assertThat(SpecPattern.parse("width=4, seed 12").seed()).hasValue(12);
    assertThat(SpecPattern.parse("width=4").seed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"14a70e2a", "cell", "../.."})
  void idsAreNotMeant(String text) {
    assertThat(SpecPattern.isMeantBy(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "widht=4 ~ there is no setting 'widht'; did you mean 'width'?",
        "seeds 0, 1 ~ there is no setting 'seeds'; did you mean 'seed'?",
        "width=cnn ~ width must be an integer in [1, 4096], not cnn",
        "width=0 ~ width must be an integer in [1, 4096], not 0",
        "architecture=lenet ~ architecture must be one of mlp, cnn, resnet18, one-dimensional, not lenet",
        "width=4, width=8 ~ has 'width' twice",
        "width=4, batch_size= ~ must be settings such as",
        "= ~ must be settings such as",
        "width=4; seed=1 ~ width must be"
      })
  void whatIsWrong_isNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecPattern.parse(text))
        .withMessageContaining(message);
  }
}
