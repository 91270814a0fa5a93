package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecFilterTest {
  private static final ModelSpec SPEC =
      ModelSpec.newBuilder()
          .setWidth(32)
          .setBatchSize(64)
          .setLabelNoise(0.1)
          .setArchitecture("cnn")
          .setSeed(7)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "width >= 32 && batch_size < 128; true",
        "width > 32; false",
        "width>=64||label_noise==0.1; true",
        "!(width == 32); false",
        "architecture == \"cnn\"; true",
        "architecture != \"cnn\" and seed < 10; false",
        "architecture =~ [\"mlp\", \"cnn\"]; true",
        "width * batch_size > 2000; true",
        "seed % 2 == 1; true"
      })
  void conditionsAreThoseOfJava(String text, boolean expected) {
    assertThat(SpecFilter.parse(text).matches(SPEC)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width >=",
        "width = 3",
        "width + 1",
        "widht > 3",
        "",
        "width > 'wide'",
        "architecture.length() == 3",
        "new('java.io.File', 'x') == null",
        "for (var i : [1, 2]) { width > 2 }",
        "width.class.name == 'x'",
        "\"\".getClass() == null",
        "width > 3; width < 4",
        "width += 3"
      })
  void whatIsNoConditionOnSettingsIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecFilter.parse(text))
        .withMessageStartingWith("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"widht > 3, did you mean 'width'?", "batchsize > 3, did you mean 'batch_size'?"})
  void theNearestSettingIsNamed(String text, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecFilter.parse(text))
        .withMessageContaining(advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width = 4; at character 7: '=' is no operator here; use ==",
        "width=4; at character 6: '=' is no operator here; use ==",
        "width === 4; at character 7: '===' is no operator here; use ==",
        "width <> 4; at character 7: '<>' is no operator here; use !=",
        "width =< 4; at character 7: '=<' is no operator here; use <=",
        "width => 4; at character 7: '=>' is no operator here; use >=",
        "width > 4 & seed == 1; at character 11: '&' is no operator here; use &&",
        "width > 4 | seed == 1; at character 11: '|' is no operator here; use ||",
        "width > 4 AND seed == 1; at character 11: 'AND' is no operator here; use &&",
        "architecture == cnn; there is no setting 'cnn'; put a text in quotes: 'cnn'",
        "architecture == 'cnn; a text begins that does not end; close it with '",
        "architecture == 'rsnet18'; no setting has the value 'rsnet18'; did you mean 'resnet18'?",
        "architecture in ['cnn']; at character 14: 'in' is no operator here; use =~",
        "momentm == 0; there is no setting 'momentm'; did you mean 'momentum'?"
      })
  void whatOtherLanguagesWrite_isNamedWithWhatToWrite(String line) {
    String text = line.substring(0, line.indexOf(';'));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecFilter.parse(text))
        .withMessageStartingWith("'" + text + "'")
        .withMessageContaining(line.substring(line.indexOf(';') + 2));
  }

  @Test
  void aConditionTravels() throws IOException, ClassNotFoundException {
    SpecFilter filter = SpecFilter.parse("width >= 32");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(filter);
    }
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));

    SpecFilter arrived = (SpecFilter) in.readObject();

    assertThat(arrived).isEqualTo(filter);
    assertThat(arrived.matches(SPEC)).isTrue();
  }
}
