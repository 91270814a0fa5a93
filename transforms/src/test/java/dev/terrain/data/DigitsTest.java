package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers: the file's own by numpy, those of the split by an independent implementation of
 * the random stream in Python.
 */
class DigitsTest {
  private static Dataset digits;

  @BeforeAll
  static void load() throws IOException {
    digits = Datasets.get("digits");
  }

  @Test
  void holdsAllImagesOfTheFile() {
    long[] counts = new long[10];
    long sum = 0;
    for (ImageSet part : new ImageSet[] {digits.train(), digits.test()}) {
      for (int i = 0; i < part.size(); i++) {
        counts[part.label(i)]++;
      }
      sum += sum(part);
    }
    assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    assertThat(sum).isEqualTo(561_718);
  }

  @Test
  void isSplitAsDrawn() {
    assertThat(digits.train().size()).isEqualTo(1437);
    assertThat(digits.test().size()).isEqualTo(360);
    assertThat(digits.train().labels(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}))
        .containsExactly(6, 0, 3, 0, 9, 3, 7, 3, 9, 2);
    assertThat(digits.test().labels(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}))
        .containsExactly(8, 6, 7, 8, 5, 0, 7, 0, 8, 3);
    assertThat(digits.sha256())
        .isEqualTo("964aab32d5eb3b609422163c0fd3a04cc03008d938953fb37dde6b87ba48dac2");
  }

  @Test
  void knowsTheTrainingPixelsMoments() {
    assertThat(sum(digits.train())).isEqualTo(450_013);
    assertThat(digits.pixelMean()).isEqualTo(450_013 / (1437 * 64.0));
    assertThat(digits.pixelStandardDeviation()).isCloseTo(6.020503778332077, within(1e-12));
    assertThat(digits.maxPixel()).isEqualTo(16);
  }

  @Test
  void isLoadedOnce() throws IOException {
    assertThat(Datasets.get("digits")).isSameAs(digits);
    assertThat(Datasets.get("digits", "anywhere")).isSameAs(digits);
  }

  private static long sum(ImageSet images) {
    ByteBuffer pixels = images.pixels();
    long sum = 0;
    while (pixels.hasRemaining()) {
      sum += pixels.get();
    }
    return sum;
  }
}
