package dev.terrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColourScaleTest {

  @Test
  void aSymmetricScalePutsZeroInTheMiddleWhateverTheData() {
    ColourScale scale = ColourScale.symmetric(List.of(-25.0, 3.0));

    assertThat(scale.position(0)).isEqualTo(0.5);
    assertThat(scale.position(-25)).isZero();
    assertThat(scale.position(25)).isEqualTo(1);
    assertThat(scale.ticks()).containsExactly(-20.0, -10.0, 0.0, 10.0, 20.0);
  }

  @Test
  void aLogarithmicScaleGivesEachDecadeTheSameRoom() {
    ColourScale scale = ColourScale.logarithmic(List.of(1e-3, 1.0));

    assertThat(scale.position(1e-2)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(scale.position(1e-1)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(scale.ticks().stream().map(Decimal::plain))
        .containsExactly("0.001", "0.01", "0.1", "1");
  }

  @Test
  void ticksAreRoundAndWithinTheLimits() {
    assertThat(ColourScale.linear(List.of(53.2, 87.8)).ticks()).containsExactly(60.0, 70.0, 80.0);
    assertThat(ColourScale.logarithmic(List.of(0.3, 0.6)).ticks().stream().map(Decimal::plain))
        .containsExactly("0.3", "0.4", "0.5", "0.6");
  }

  @Test
  void oneValueAloneStandsInTheMiddle() {
    assertThat(ColourScale.linear(List.of(4.0, 4.0)).position(4)).isCloseTo(0.5, within(1e-12));
    assertThat(ColourScale.logarithmic(List.of(1.0)).position(1)).isCloseTo(0.5, within(1e-12));
    assertThat(ColourScale.symmetric(List.of(0.0)).position(0)).isEqualTo(0.5);
  }
}
