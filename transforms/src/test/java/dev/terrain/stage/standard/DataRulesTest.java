package dev.terrain.stage.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.SweepFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the 1,437 training images of digits, 8x8 pixels each, 1,436 = 4 * 359 leave one. */
class DataRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cnn | keep | 16, 359",
        "mlp | keep | 1, 359, 5000",
        "resnet18 | skip | 4, 359",
        "resnet18 | keep | 16, 360",
        "mlp | skip | 1437",
        "cnn | skip | 1",
      })
  void batchesThatCanBeTrainedOn_areAllowed(String architecture, String incomplete, String sizes)
      throws IOException {
    assertThat(problems(base(architecture, incomplete), sizes)).isEmpty();
  }

  @Test
  void aLastBatchOfOneImageUnderBatchNorm_isRefusedWithTheWayOut() throws IOException {
    assertThat(problems(base("resnet18", "keep"), "16, 359"))
        .containsExactly(
            "axes.temperature.batch_size[1]: 359 leaves one of the 1437 training images of digits"
                + " for the last batch, and the batch norm of resnet18 cannot be trained on a"
                + " single image of 8x8 pixels; set incomplete_batch: skip, or take another"
                + " batch_size");
  }

  @Test
  void batchesOfOneImageUnderBatchNorm_areRefused() throws IOException {
    assertThat(problems(base("resnet18", "skip"), "1, 16"))
        .containsExactly(
            "axes.temperature.batch_size[0]: 1: the batch norm of resnet18 cannot be trained on a"
                + " single image of 8x8 pixels; must be at least 2");
    assertThat(problems(base("resnet18", "skip") + "connectivity: {batch_size: 1}\n", "16"))
        .containsExactly(
            "connectivity.batch_size: 1: the batch norm of resnet18 cannot be trained on a single"
                + " image of 8x8 pixels; must be at least 2");
  }

  @Test
  void aBatchLargerThanTheData_isRefusedForEachValue() throws IOException {
    assertThat(problems(base("mlp", "skip"), "1437, 1438, 2000"))
        .containsExactly(
            "axes.temperature.batch_size[1]: batch_size (1438) must be at most the number of"
                + " training images of digits (1437), or incomplete_batch must be 'keep'",
            "axes.temperature.batch_size[2]: batch_size (2000) must be at most the number of"
                + " training images of digits (1437), or incomplete_batch must be 'keep'");
  }

  @Test
  void moreParametersThanCanBeCounted_areRefused() throws IOException {
    String yaml = base("resnet18", "skip").replace("width: [2]", "width: [2, 4096]");
    assertThat(problems(yaml, "16"))
        .containsExactly(
            "axes.load.width[1]: 4096 gives resnet18 more parameters than the 2147483647 that one"
                + " may have");
  }

  @Test
  void aMemoryInWhichNoEigenpairsFit_isRefused() throws IOException {
    String yaml = base("mlp", "skip").replace("width: [2]", "width: [2, 2000]");
    assertThat(problems(yaml + "curvature: {max_memory_mib: 1}\n", "16"))
        .singleElement()
        .asString()
        .startsWith("curvature.max_memory_mib: max_memory_mib (1) must be at least ");
    assertThat(problems(yaml + "curvature: {max_memory_mib: 1}\nmetrics: [losses]\n", "16"))
        .isEmpty();
  }

  private static String base(String architecture, String incomplete) {
    return """
    base: {architecture: %s, incomplete_batch: %s}
    axes:
      load: {width: [2]}
      temperature: {batch_size: [SIZES]}
    seeds: 2
    """
        .formatted(architecture, incomplete);
  }

  private static List<String> problems(String yaml, String sizes) throws IOException {
    try {
      DataRules.check(SweepFile.parse(yaml.replace("SIZES", sizes), "test"), null);
    } catch (InvalidSweepException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
    return List.of();
  }
}
