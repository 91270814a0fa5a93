package dev.terrain.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitScheduleTest {

  /** The epochs of the study's scripts, arXiv 2107.11228. */
  @ParameterizedTest
  @CsvSource({
    "1, 50",
    "0.9, 55",
    "0.8, 60",
    "0.7, 70",
    "0.6, 80",
    "0.5, 100",
    "0.4, 125",
    "0.3, 165",
    "0.2, 250",
    "0.1, 500"
  })
  void lessDataMeansMoreEpochs(double dataFraction, long epochs) {
    assertThat(FitSchedule.of(50, dataFraction, 0.01).epochs()).isEqualTo(epochs);
  }

  @Test
  void runsOneEpochAtLeast() {
    assertThat(FitSchedule.of(1, 1, 0.01).epochs()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.01", "25, 0.01", "30, 0.007525", "35, 0.00505", "45, 0.0001", "50, 0.0001"})
  void theLearningRateIsHeldThenFallsToAHundredth(long epoch, double learningRate) {
    assertThat(FitSchedule.of(50, 1, 0.01).learningRate(epoch))
        .isCloseTo(learningRate, within(1e-15));
  }
}
