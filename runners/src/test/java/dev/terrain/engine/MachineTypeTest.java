package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTypeTest {
  @ParameterizedTest
  @CsvSource({
    "c2-standard-4, 4",
    "n1-highmem-96, 96",
    "n2d-custom-8-16384, 8",
    "n2-custom-6-65536-ext, 6",
    "custom-4-8192, 4",
    "c3-standard-8-lssd, 8",
    "g2-standard-12, 12"
  })
  void theNameTellsTheVcpus(String name, int vcpus) {
    assertThat(MachineType.vcpus(name)).hasValue(vcpus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e2-medium", "f1-micro", "a2-highgpu-1g", "", "4"})
  void otherNamesDoNot(String name) {
    assertThat(MachineType.vcpus(name)).isEmpty();
  }
}
