package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OneDimensionalTest {
  @Test
  void eachDifficulty_isThereOnceWithEachDirection() throws IOException {
    for (ImageSet images : sets()) {
      Set<Integer> pairs = new HashSet<>();
      for (int i = 0; i < images.size(); i++) {
        ByteBuffer pixels = pixels(images, i);
        int difficulty = Byte.toUnsignedInt(pixels.get(0));
        assertThat(difficulty % 4).isEqualTo(2);
        assertThat(Byte.toUnsignedInt(pixels.get(1))).isIn(0, 255);
        pairs.add(difficulty * 256 + Byte.toUnsignedInt(pixels.get(1)));
      }
      assertThat(images.size()).isEqualTo(128);
      assertThat(pairs).hasSize(128);
    }
  }

  @Test
  void ripples_areInTheTrainingImagesAlone() throws IOException {
    Dataset dataset = Datasets.get("one-dimensional");
    for (int i = 0; i < 128; i++) {
      assertThat(pixels(dataset.train(), i).get(2)).isEqualTo((byte) 255);
      assertThat(pixels(dataset.test(), i).get(2)).isZero();
    }
  }

  @Test
  void blackAndWhite_endEachImage() throws IOException {
    for (ImageSet images : sets()) {
      for (int i = 0; i < images.size(); i++) {
        assertThat(pixels(images, i).get(3)).isZero();
        assertThat(pixels(images, i).get(4)).isEqualTo((byte) 255);
        assertThat(images.label(i)).isZero();
      }
    }
  }

  private static ImageSet[] sets() throws IOException {
    Dataset dataset = Datasets.get("one-dimensional");
    return new ImageSet[] {dataset.train(), dataset.test()};
  }

  private static ByteBuffer pixels(ImageSet images, int example) {
    ByteBuffer pixels = ByteBuffer.allocate(images.imageLength());
    images.copy(new int[] {example}, pixels);
    return pixels.flip();
  }
}
