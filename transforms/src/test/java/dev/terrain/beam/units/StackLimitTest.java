package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StackLimitTest {
  @Test
  void itIsAWordOrANumber() {
    assertThat(StackLimit.parse("--stack", "auto")).isEqualTo(StackLimit.AUTO);
    assertThat(StackLimit.parse("--stack", "off").units()).isEqualTo(1);
    assertThat(StackLimit.parse("--stack", "1")).isEqualTo(StackLimit.OFF);
    assertThat(StackLimit.parse("--stack", "1024").units()).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1025", "99999", "-1", "+4", "4.0", "Auto", "on", " 4"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> StackLimit.parse("--stack", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--stack (%s) must be auto, off or a number from 1 to 1024", text);
  }

  @Test
  void itTravelsWithTheStudy() {
    StudyAddress study =
        new StudyAddress("study", null).withStack(StackLimit.OFF).withControl(RunControl.STANDARD);

    assertThat(study.at("other", null).withModelCopies(null).stack()).isEqualTo(StackLimit.OFF);
    assertThat(new StudyAddress("study", null).stack()).isEqualTo(StackLimit.AUTO);
  }
}
