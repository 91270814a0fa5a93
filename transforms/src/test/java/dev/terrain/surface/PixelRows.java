package dev.terrain.surface;

import dev.terrain.data.LabelledImages;
import java.nio.ByteBuffer;

/** Images of one row of pixels that reach the network as they are: x = pixel. */
@SuppressWarnings("ArrayRecordComponent")
public record PixelRows(int[][] pixels, int[] labels, int classes) implements LabelledImages {
  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return 1;
  }

  @Override
  public int width() {
    return pixels[0].length;
  }

  @Override
  public double pixelMean() {
    return 0;
  }

  @Override
  public double pixelStandardDeviation() {
    return 1;
  }

  @Override
  public void copyPixels(int[] positions, ByteBuffer out) {
    for (int position : positions) {
      for (int pixel : pixels[position]) {
        out.put((byte) pixel);
      }
    }
  }

  @Override
  public int label(int position) {
    return labels[position];
  }
}
