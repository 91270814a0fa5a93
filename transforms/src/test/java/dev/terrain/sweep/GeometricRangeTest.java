package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometricRangeTest {

  @Test
  void values_ofDecades_areThoseThatAListWouldHold() {
    assertThat(range("0.0001", "100", 7)).containsExactly(1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0, 100.0);
  }

  @Test
  void values_mayDescend() {
    assertThat(range("8", "0.5", 5)).containsExactly(8.0, 4.0, 2.0, 1.0, 0.5);
  }

  @Test
  void values_ofTwoPoints_areTheEndsAsWritten() {
    assertThat(range("0.1234567890123456", "3", 2)).containsExactly(0.1234567890123456, 3.0);
  }

  @Test
  void values_ofRandomRanges_haveOneRatioAndExactEnds() {
    CounterRandom random = CounterRandom.of("geometric-range-test", "ranges", 0);
    for (int i = 0; i < 200; i++) {
      double from = Math.pow(10, -8 + 6 * random.nextDouble());
      double to = from * Math.pow(10, 0.1 + 8 * random.nextDouble());
      int points = 2 + random.nextInt(50);
      List<Double> values = range(Double.toString(from), Double.toString(to), points);
      assertThat(values).hasSize(points).startsWith(from).endsWith(to);
      double ratio = Math.pow(to / from, 1.0 / (points - 1));
      for (int j = 1; j < points; j++) {
        assertThat(values.get(j) / values.get(j - 1) / ratio).isCloseTo(1, within(1e-10));
      }
    }
  }

  @Test
  void integerAxis_isRoundedAndHoldsEachValueOnce() {
    // 1, 1.29, 1.67, 2.15, 2.78, 3.59, 4.64, 5.99, 7.74, 10
    assertThat(width("{from: 1, to: 10, points: 10}"))
        .containsExactly("1", "2", "3", "4", "5", "6", "8", "10");
    assertThat(width("{from: 64, to: 1, points: 7.0}"))
        .containsExactly("64", "32", "16", "8", "4", "2", "1");
  }

  private static List<Double> range(String from, String to, int points) {
    return GeometricRange.values(new BigDecimal(from), new BigDecimal(to), points).stream()
        .map(BigDecimal::doubleValue)
        .toList();
  }

  private static List<String> width(String range) {
    return Sweeps.parse(Sweeps.SMALL.replace("[2, 4]", range)).getLoad().getValues();
  }
}
