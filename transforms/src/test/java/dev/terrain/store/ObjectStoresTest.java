package dev.terrain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoresTest {
  @Test
  void opensAPathAndAFileUri(@TempDir Path folder) {
    String expected = folder.resolve("a/b").toString();
    assertThat(ObjectStores.open(folder.toString()).uri("a/b")).isEqualTo(expected);
    assertThat(ObjectStores.open(folder.toUri().toString()).uri("a/b")).isEqualTo(expected);
  }

  @Test
  void takesARelativePathFromTheWorkingFolder() {
    String expected = Path.of("some", "study", "a").toAbsolutePath().toString();
    assertThat(ObjectStores.open("some/study").uri("a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "gs://bucket, gs://bucket/a/b",
    "gs://bucket/, gs://bucket/a/b",
    "gs://bucket/some/study, gs://bucket/some/study/a/b",
    "gs://bucket/some/study/, gs://bucket/some/study/a/b"
  })
  void opensABucketWithoutContactingIt(String address, String uri) {
    assertThat(ObjectStores.open(address).uri("a/b")).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s3://bucket/study", "gs://", "gs:///study", "gs://bucket/../x"})
  void refusesOtherAddresses(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectStores.open(address));
  }
}
