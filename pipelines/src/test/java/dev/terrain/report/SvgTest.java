package dev.terrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvgTest {

  @ParameterizedTest
  @CsvSource({"12, 12", "11.5, 11.5", "0.049, 0.05", "-0.25, -0.25", "-3.1, -3.1", "-0.001, 0"})
  void coordinatesHaveTwoDecimalsAtMost(double value, String text) {
    assertThat(Svg.number(value)).isEqualTo(text);
  }

  @Test
  void textAndAttributesSurviveTheXmlParser() throws Exception {
    String hostile = "<a href=\"x\">&amp; 'b' \u0000\ud800 \ud83d\ude00";

    String document = new Svg().text("text", hostile, "name", hostile).document();

    var root = ReportFixture.parse(document).getDocumentElement();
    assertThat(root.getTextContent())
        .isEqualTo("<a href=\"x\">&amp; 'b' \ufffd\ufffd \ud83d\ude00");
    assertThat(root.getAttribute("name")).isEqualTo(root.getTextContent());
  }
}
