package dev.terrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourMapTest {

  @Test
  void theSequentialMapRunsFromViridisPurpleToViridisYellow() {
    assertThat(ColourMap.SEQUENTIAL.at(0).hex()).isEqualTo("#440154");
    assertThat(ColourMap.SEQUENTIAL.at(0.5).hex()).isEqualTo("#21918c");
    assertThat(ColourMap.SEQUENTIAL.at(1).hex()).isEqualTo("#fde725");
  }

  @Test
  void theSequentialMapGetsEverLighter() {
    for (int i = 0; i < 100; i++) {
      double here = lightness(ColourMap.SEQUENTIAL.at(i / 100.0));
      double next = lightness(ColourMap.SEQUENTIAL.at((i + 1) / 100.0));
      assertThat(next).as("lightness at %d %%", i + 1).isGreaterThan(here);
    }
  }

  @Test
  void theDivergingMapIsNeutralInTheMiddleBlueBelowAndRedAbove() {
    Colour middle = ColourMap.DIVERGING.at(0.5);
    assertThat(middle.red()).isEqualTo(middle.green()).isEqualTo(middle.blue());
    assertThat(ColourMap.DIVERGING.at(0.2).blue())
        .isGreaterThan(ColourMap.DIVERGING.at(0.2).red() + 50);
    assertThat(ColourMap.DIVERGING.at(0.8).red())
        .isGreaterThan(ColourMap.DIVERGING.at(0.8).blue() + 50);
  }

  @Test
  void theDivergingMapIsAsDarkOnOneSideAsOnTheOther() {
    for (int i = 0; i <= 50; i++) {
      double below = lightness(ColourMap.DIVERGING.at(0.5 - i / 100.0));
      double above = lightness(ColourMap.DIVERGING.at(0.5 + i / 100.0));
      assertThat(below).as("lightness %d %% from the middle", i).isCloseTo(above, within(6.0));
    }
  }

  @Test
  void valuesBeyondTheEndsTakeTheEndsColours() {
    assertThat(ColourMap.SEQUENTIAL.at(-3)).isEqualTo(ColourMap.SEQUENTIAL.at(0));
    assertThat(ColourMap.SEQUENTIAL.at(7)).isEqualTo(ColourMap.SEQUENTIAL.at(1));
  }

  @Test
  void printedValuesAreReadableOnEveryColour() {
    for (ColourMap map : new ColourMap[] {ColourMap.SEQUENTIAL, ColourMap.DIVERGING}) {
      for (int i = 0; i <= 200; i++) {
        Colour fill = map.at(i / 200.0);
        assertThat(fill.contrast(fill.text())).as("on %s", fill.hex()).isGreaterThan(4);
      }
    }
    assertThat(Colour.of("#000000").contrast(Colour.WHITE)).isCloseTo(21, within(1e-9));
  }

  /** L* of CIE 1976, in [0, 100]. */
  private static double lightness(Colour colour) {
    double y =
        0.2126 * linear(colour.red())
            + 0.7152 * linear(colour.green())
            + 0.0722 * linear(colour.blue());
    return y > 216.0 / 24389 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
