package dev.terrain.taxonomy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnobRulesTest {
  @Test
  void threshold_isRightInMostCells() {
    KnobThreshold fitted =
        KnobThreshold.fit(
            List.of(16.0, 32.0, 64.0, 128.0, 256.0), List.of(false, true, false, true, true));

    assertThat(fitted).isEqualTo(new KnobThreshold(32, true));
    assertThat(fitted.isHotter(16)).isFalse();
  }

  @Test
  void threshold_mayTellTheLowerSideToGoHotter() {
    KnobThreshold fitted =
        KnobThreshold.fit(List.of(0.1, 0.2, 0.3, 0.4), List.of(true, true, false, false));

    assertThat(fitted).isEqualTo(new KnobThreshold(0.3, false));
    assertThat(fitted.isHotter(0.1)).isTrue();
  }

  @Test
  void regression_findsTheSideOfALineItWasDrawnWith() {
    CounterRandom random = CounterRandom.of("knob regression", "points", 0);
    List<double[]> rows = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      double x = random.nextGaussian();
      double y = 100 + 10 * random.nextGaussian();
      rows.add(new double[] {x, y});
      labels.add(random.nextDouble() < 1 / (1 + Math.exp(-8 * (x - (y - 100) / 10))));
    }
    KnobRegression regression = KnobRegression.fit(rows, labels);

    assertThat(regression.isHotter(new double[] {0.3, 100})).isTrue();
    assertThat(regression.isHotter(new double[] {-0.3, 100})).isFalse();
    assertThat(regression.isHotter(new double[] {2.3, 120})).isTrue();
    assertThat(regression.isHotter(new double[] {1.7, 120})).isFalse();
  }

  @Test
  void regression_separableClassesStayFiniteAndRight() {
    KnobRegression regression =
        KnobRegression.fit(
            List.of(new double[] {1, 5}, new double[] {2, 5}, new double[] {3, 5}),
            List.of(false, true, true));

    assertThat(regression.isHotter(new double[] {1, 5})).isFalse();
    assertThat(regression.isHotter(new double[] {2, 5})).isTrue();
  }
}
