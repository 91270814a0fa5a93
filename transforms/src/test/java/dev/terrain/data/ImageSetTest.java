package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final ImageSet IMAGES =
      new ImageSet(new byte[] {1, 2, 3, 4, 5, -1}, new byte[] {2, 0, -56}, 2, 1, 1, 256);

  @Test
  void copiesTheImagesAskedForInTheirOrder() {
    ByteBuffer out = ByteBuffer.allocateDirect(7).put((byte) 9);
    IMAGES.copy(new int[] {2, 0, 2}, out);

    byte[] copied = new byte[7];
    out.flip().get(copied);
    assertThat(copied).containsExactly(9, 5, -1, 1, 2, 5, -1);
  }

  @Test
  void readsLabelsAsUnsigned() {
    assertThat(IMAGES.labels(new int[] {2, 1, 0})).containsExactly(200, 0, 2);
  }

  @Test
  void givesReadOnlyViews() {
    assertThat(IMAGES.pixels().isReadOnly()).isTrue();
    assertThat(IMAGES.labels().isReadOnly()).isTrue();
  }

  @Test
  void refusesArraysThatDoNotAgree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[5], new byte[3], 2, 1, 1, 10))
        .withMessage("pixels (5) must be 6 for 3 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[2], new byte[] {0, 10}, 1, 1, 1, 10))
        .withMessage("label of image 1 (10) must be below 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[0], new byte[0], 1, 1, 1, 10));
  }
}
