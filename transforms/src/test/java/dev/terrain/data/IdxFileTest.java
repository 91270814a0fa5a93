package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdxFileTest {
  private static final byte[] FILE =
      IdxFiles.encode(new int[] {2, 1, 3}, new byte[] {0, 1, 2, 3, -2, -1});

  @Test
  void readsPlainAndCompressedFiles() throws IOException {
    for (byte[] file : new byte[][] {FILE, IdxFiles.gzip(FILE)}) {
      IdxFile read = IdxFile.parse(file, 3, "file");
      assertThat(read.shape()).containsExactly(2, 1, 3);
      assertThat(read.bytes()).containsExactly(0, 1, 2, 3, -2, -1);
    }
  }

  @Test
  void refusesEveryTruncationAndTrailingBytes() throws IOException {
    byte[] gzip = IdxFiles.gzip(FILE);
    for (int length = 0; length < FILE.length; length++) {
      assertRefused(Arrays.copyOf(FILE, length), 3);
      assertRefused(IdxFiles.gzip(Arrays.copyOf(FILE, length)), 3);
    }
    for (int length = 0; length < gzip.length; length++) {
      assertRefused(Arrays.copyOf(gzip, length), 3);
    }
    assertRefused(Arrays.copyOf(FILE, FILE.length + 1), 3);
    assertRefused(IdxFiles.gzip(Arrays.copyOf(FILE, FILE.length + 1)), 3);
  }

  @Test
  void refusesOtherMagicNumbers() {
    assertThatIOException()
        .isThrownBy(() -> IdxFile.parse(FILE, 1, "some/file"))
        .withMessageContaining("0x00000803, not 0x00000801");
    byte[] floats = FILE.clone();
    floats[2] = 0x0D;
    assertRefused(floats, 3);
  }

  @Test
  void refusesLengthsBeforeItReservesMemoryForThem() throws IOException {
    for (int[] shape :
        new int[][] {
          {Integer.MAX_VALUE, 1, 1},
          {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
          {65536, 65536, 1},
          {-1, -1, 6},
          {0, 1, 6},
          {1 << 30, 1, 1}
        }) {
      assertRefused(IdxFiles.encode(shape, new byte[6]), 3);
      assertRefused(IdxFiles.gzip(IdxFiles.encode(shape, new byte[6])), 3);
    }
  }

  @Test
  void readsWhatCompressesWell() throws IOException {
    byte[] zeros = new byte[10_000_000];
    byte[] file = IdxFiles.gzip(IdxFiles.encode(new int[] {zeros.length}, zeros));
    assertThat(IdxFile.parse(file, 1, "file").bytes()).hasSize(zeros.length);
  }

  private static void assertRefused(byte[] file, int dimensions) {
    assertThatIOException()
        .isThrownBy(() -> IdxFile.parse(file, dimensions, "some/file"))
        .withMessageStartingWith("some/file: corrupt IDX file");
  }
}
