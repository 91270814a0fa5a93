package dev.terrain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SealedBytesTest {
  private static final byte[] MESSAGE = {3, 1, 4, 1, 5};

  @Test
  void aMessage_isWhatWasSealed() throws IOException {
    assertThat(SealedBytes.open(SealedBytes.seal(ByteBuffer.wrap(MESSAGE)))).isEqualTo(MESSAGE);
    assertThat(SealedBytes.open(SealedBytes.seal(ByteBuffer.allocate(0)))).isEmpty();
  }

  @Test
  void aChangedBitOrLength_isRefused() {
    byte[] file = SealedBytes.seal(ByteBuffer.wrap(MESSAGE));
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatIOException().as("bit %d", bit).isThrownBy(() -> SealedBytes.open(damaged));
    }
    for (int length = 0; length <= file.length + 1; length++) {
      if (length != file.length) {
        byte[] damaged = Arrays.copyOf(file, length);
        assertThatIOException().as("length %d", length).isThrownBy(() -> SealedBytes.open(damaged));
      }
    }
  }
}
