package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.4S, 0 s",
    "PT59.9S, 59 s",
    "PT1M, 1 min 00 s",
    "PT59M59S, 59 min 59 s",
    "PT1H, 1 h 00 min",
    "PT50H7M, 50 h 07 min"
  })
  void theTwoLargestUnitsAreShown(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
  }
}
