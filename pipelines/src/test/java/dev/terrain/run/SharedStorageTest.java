package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.v1.Sweep;
import org.junit.jupiter.api.Test;

class SharedStorageTest {
  private static final Sweep OF_FILES =
      SmallStudy.sweepWith("{data_fraction", "{dataset: fashion-mnist, data_fraction");

  @Test
  void aStudyInABucketIsReached() {
    assertThat(SharedStorage.problems(SmallStudy.SWEEP, new StudyAddress("gs://bucket/x", null)))
        .isEmpty();
  }

  @Test
  void aFolderIsNot() {
    assertThat(SharedStorage.problems(SmallStudy.SWEEP, new StudyAddress("some/folder", null)))
        .singleElement()
        .asString()
        .contains("some/folder", "gs://");
  }

  @Test
  void dataOutsideABucketAreNamedOnce() {
    assertThat(SharedStorage.problems(OF_FILES, new StudyAddress("gs://bucket/x", "/data")))
        .singleElement()
        .asString()
        .contains("fashion-mnist", "--data=gs://");
    assertThat(SharedStorage.problems(OF_FILES, new StudyAddress("gs://bucket/x", "gs://b/data")))
        .isEmpty();
  }
}
