package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers: an independent implementation of the random stream and of the hash in Python.
 */
class ExampleSubsetTest {
  @Test
  void drawsAndHashesAsAnIndependentImplementation() throws IOException {
    int[] examples = ExampleSubset.draw("model", "curvature sample", 3, 5, 1437);
    ImageSet images = TrainingData.of(Datasets.get("digits"), 1, 0.25, 12345);

    assertThat(examples).containsExactly(26, 208, 470, 477, 621);
    assertThat(ExampleSubset.sha256(examples, images))
        .isEqualTo("76ce2f26efbd25e63bde084e4925984fb93e7b268940b5fea5863f0f2c604580");
  }

  @Test
  void takesAllIfThereAreNotMore() {
    assertThat(ExampleSubset.draw("model", "sample", 0, 4, 4)).containsExactly(0, 1, 2, 3);
    assertThat(ExampleSubset.draw("model", "sample", 0, 9, 4)).containsExactly(0, 1, 2, 3);
  }
}
