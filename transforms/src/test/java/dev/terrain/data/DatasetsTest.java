package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DatasetsTest {
  @Test
  void namesTheDataSetsThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.get("mnist"))
        .withMessage("unknown data set 'mnist'; there are digits and fashion-mnist");
  }
}
