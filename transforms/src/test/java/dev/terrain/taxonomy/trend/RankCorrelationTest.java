package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.Bootstrap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  private static final double EXACT = 1e-12;

  private static RankCorrelation of(double[] x, double[] y, double[]... controls) {
    return RankCorrelation.of(
        RankedVariable.of(x),
        RankedVariable.of(y),
        Arrays.stream(controls).map(RankedVariable::of).toList(),
        RankCorrelation.once(x.length));
  }

  @Test
  void of_isOneForTheSameOrderAndMinusOneForTheOpposite() {
    RankCorrelation same = of(new double[] {1, 5, 9, 11}, new double[] {2, 3, 4, 50});
    RankCorrelation opposite = of(new double[] {1, 5, 9, 11}, new double[] {-2, -3, -4, -50});

    assertThat(same.spearman()).isEqualTo(1);
    assertThat(same.kendall()).isEqualTo(1);
    assertThat(opposite.spearman()).isEqualTo(-1);
    assertThat(opposite.kendall()).isEqualTo(-1);
  }

  @Test
  void of_sharesRanksAmongEqualValues() {
    // By hand: x has ranks 1.5, 1.5, 3, 4 and y 1, 2, 3.5, 3.5. Of six pairs four agree, one is
    // equal in x, one in y: tau = 4/√(5·5). Spearman: 4/√(4.5·4.5).
    RankCorrelation tied = of(new double[] {1, 1, 2, 3}, new double[] {4, 5, 6, 6});

    assertThat(tied.kendall()).isCloseTo(0.8, within(EXACT));
    assertThat(tied.spearman()).isCloseTo(4 / 4.5, within(EXACT));
  }

  @Test
  void of_takesTheTwoZerosAsOneValue() {
    assertThat(of(new double[] {-0.0, 0.0, 1}, new double[] {3, 1, 2}).kendall())
        .isCloseTo(0, within(EXACT));
  }

  @Test
  void of_isNullForAConstant() {
    RankCorrelation constant = of(new double[] {2, 2, 2}, new double[] {1, 2, 3});

    assertThat(constant.spearman()).isNull();
    assertThat(constant.kendall()).isNull();
    assertThat(constant.conditional()).isNull();
  }

  @Test
  void of_withOneControlIsThePartialCorrelationOfTheTextbook() {
    double[] x = {3, 1, 4, 1, 5, 9, 2, 6};
    double[] y = {2, 7, 1, 8, 2, 8, 1, 8};
    double[] z = {1, 6, 1, 8, 0, 3, 3, 9};
    double xy = of(x, y).spearman();
    double xz = of(x, z).spearman();
    double yz = of(y, z).spearman();

    assertThat(of(x, y, z).conditional())
        .isCloseTo((xy - xz * yz) / Math.sqrt((1 - xz * xz) * (1 - yz * yz)), within(EXACT));
  }

  @Test
  void of_leavesOutAControlThatAnotherDetermines() {
    double[] x = {3, 1, 4, 1, 5, 9, 2, 6};
    double[] y = {2, 7, 1, 8, 2, 8, 1, 8};
    double[] z = {1, 6, 1, 8, 0, 3, 3, 9};
    double[] cubed = Arrays.stream(z).map(value -> value * value * value).toArray();

    assertThat(of(x, y, z, cubed).conditional()).isCloseTo(of(x, y, z).conditional(), within(1e-9));
    assertThat(of(z, y, cubed).conditional()).isNull();
  }

  @Test
  void of_countsADrawnCellAsOftenAsItWasDrawn() {
    for (int sample = 0; sample < 20; sample++) {
      CounterRandom random = CounterRandom.of("ranks", "test", sample);
      double[] x = numbers(random);
      double[] y = numbers(random);
      double[] z = numbers(random);
      int[] counts = Bootstrap.counts(random, x.length);
      RankCorrelation drawn =
          RankCorrelation.of(
              RankedVariable.of(x), RankedVariable.of(y), List.of(RankedVariable.of(z)), counts);
      double[] drawnX = drawn(x, counts);
      double[] drawnY = drawn(y, counts);
      RankCorrelation listed = of(drawnX, drawnY, drawn(z, counts));

      assertThat(drawn.kendall()).isCloseTo(kendall(drawnX, drawnY), within(EXACT));
      assertThat(drawn.spearman()).isCloseTo(listed.spearman(), within(EXACT));
      assertThat(drawn.conditional()).isCloseTo(listed.conditional(), within(EXACT));
    }
  }

  private static double[] numbers(CounterRandom random) {
    double[] numbers = new double[30];
    Arrays.setAll(numbers, i -> random.nextInt(12));
    return numbers;
  }

  private static double[] drawn(double[] values, int[] counts) {
    double[] drawn = new double[values.length];
    int filled = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < counts[i]; j++) {
        drawn[filled++] = values[i];
      }
    }
    return drawn;
  }

  /** By its definition, pair by pair. */
  private static double kendall(double[] x, double[] y) {
    long difference = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        int ofX = Double.compare(x[i], x[j]);
        int ofY = Double.compare(y[i], y[j]);
        difference += (long) ofX * ofY;
        untiedX += Math.abs(ofX);
        untiedY += Math.abs(ofY);
      }
    }
    return difference / Math.sqrt((double) untiedX * untiedY);
  }
}
