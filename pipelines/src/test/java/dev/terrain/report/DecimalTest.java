package dev.terrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {

  @ParameterizedTest
  @CsvSource({
    "128, 128",
    "1024, 1024",
    "0.05, 0.05",
    "0.0015625, 0.0015625",
    "5e-5, 5e−5",
    "1.25e-5, 1.25e−5",
    "0, 0",
    "-20, −20",
    "0.30000000000000004, 0.3",
    "1e7, 1e7"
  })
  void plainHasNoNeedlessDigits(double value, String text) {
    assertThat(Decimal.plain(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.6823, 2, 0.68", "1.3749, 2, 1.4", "0.9996, 2, 1.0", "0.0016, 1, 0.002", "0.00041, 1, 4e−4",
    "46.94, 3, 46.9", "228.13, 4, 228.1", "5432.1, 2, 5400", "0, 3, 0", "-8.246, 2, −8.2"
  })
  void significantKeepsSoManyDigits(double value, int digits, String text) {
    assertThat(Decimal.significant(value, digits)).isEqualTo(text);
  }

  @Test
  void zeroHasNoSign() {
    assertThat(Decimal.fixed(-0.004, 1)).isEqualTo("0.0");
    assertThat(Decimal.fixed(-0.25, 2)).isEqualTo("−0.25");
  }
}
