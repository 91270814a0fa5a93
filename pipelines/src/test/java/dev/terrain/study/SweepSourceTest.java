package dev.terrain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.run.SmallStudy;
import dev.terrain.sweep.InvalidSweepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepSourceTest {
  @TempDir private Path folder;

  @Test
  void aPathIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), SmallStudy.YAML);

    assertThat(SweepSource.read(file.toString())).isEqualTo(SmallStudy.SWEEP);
  }

  @Test
  void aMissingFileIsNamed() {
    String file = folder.resolve("x.yaml").toString();

    assertThatThrownBy(() -> SweepSource.read(file))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://", "gs://bucket", "gs://bucket/", "gs://bucket/folder/"})
  void aBucketWithoutAnObjectIsNoSweep(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SweepSource.read(address))
        .withMessageContaining(address);
  }
}
