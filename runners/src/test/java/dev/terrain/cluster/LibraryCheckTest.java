package dev.terrain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LibraryCheckTest {
  @Test
  void aClusterMayHaveMore() {
    assertThat(LibraryCheck.lacking(List.of("a-1.0.jar"), Set.of("a-1.0.jar", "b-2.0.jar")))
        .isEmpty();
  }

  @Test
  void whatIsLackingIsNamedAndAnotherVersionBesideIt() {
    assertThat(
            LibraryCheck.lacking(
                List.of("avro-1.11.4.jar", "beam-core-2.70.0.jar", "gson-2.12.1.jar"),
                Set.of("avro-1.11.3.jar", "gson-2.12.1.jar")))
        .containsExactly("avro-1.11.4.jar (it has avro-1.11.3.jar)", "beam-core-2.70.0.jar");
  }

  @Test
  void theDistributionOfFlinkHoldsItsModulesOfTheSameVersion() {
    List<String> modules = List.of("flink-core-1.19.3.jar", "flink-runtime-1.19.3.jar");

    assertThat(LibraryCheck.lacking(modules, Set.of("flink-dist-1.19.3.jar"))).isEmpty();
    assertThat(LibraryCheck.lacking(modules, Set.of("flink-dist-1.19.2.jar"))).hasSize(2);
  }

  @Test
  void loggingAndNativesAreLeftToTheCluster() {
    assertThat(
            LibraryCheck.lacking(
                List.of(
                    "logback-core-1.5.18.jar",
                    "slf4j-api-2.0.16.jar",
                    "pytorch-native-cpu-2.7.1-linux-x86_64.jar"),
                Set.of()))
        .isEmpty();
  }
}
