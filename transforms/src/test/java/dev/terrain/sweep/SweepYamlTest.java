package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepYamlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        Sweeps.SMALL,
        Sweeps.FULL,
        """
        name: "a: 'b' \\" # c"
        base: {learning_rate: 1.0e-7, learning_rate_schedule: step, dataset: fashion-mnist}
        axes:
          load: {width: [64, 8]}
          temperature: {plateau_tolerance: [0, 1.0e-9, 0.1]}
          other: {learning_rate_milestones: [[5], [5, 10]], architecture: [mlp, cnn]}
        only: architecture =~ ['mlp'] && (width == 8 || plateau_tolerance > 0)
        seeds: [3, 9223372036854775807]
        metrics: [losses]
        checks: [{check: range, metric: cka, between: [0.5, 1], share: 0.9, severity: warn}]
        """
      })
  void write_ofAnySweep_isReadBackAsTheSame(String yaml) {
    Sweep sweep = Sweeps.parse(yaml);

    assertThat(SweepFile.parse(SweepYaml.write(sweep), "other")).isEqualTo(sweep);
  }

  @Test
  void write_leavesDefaultsOut() {
    assertThat(SweepYaml.write(Sweeps.parse(Sweeps.SMALL)))
        .isEqualTo(
            """
            name: "test"
            axes:
              load: {width: [2, 4]}
              temperature: {batch_size: [32]}
            seeds: [0]
            metrics: ["losses", "curvature", "connectivity", "similarity", "distance"]
            """);
  }
}
