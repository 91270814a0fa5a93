package dev.terrain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterAddressTest {
  @Test
  void hostAndPortAreRead() {
    assertThat(MasterAddress.parse("flink.example:8081"))
        .isEqualTo(new MasterAddress("flink.example", 8081))
        .hasToString("flink.example:8081");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8081", "host", "host:", ":8081", "host:0", "host:65536", "http://host:8081"})
  void anotherFormIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MasterAddress.parse(text))
        .withMessageContaining("--flink-master (" + text + ") must be HOST:PORT");
  }
}
