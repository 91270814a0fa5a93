package dev.terrain.data;

import dev.terrain.random.CounterRandom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits: 1,797 images of 8 × 8 pixels from 0 to 16 (Alpaydin and Kaynak: Optical
 * Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998), a part of Terrain. A
 * fixed drawn order puts 1,437 of them to the training images and 360 to the test images.
 */
final class Digits implements DatasetSource {
  private static final String NAME = "digits";
  private static final String RESOURCE = "digits.csv.gz";
  private static final int SIDE = 8;
  private static final int CLASSES = 10;
  private static final int MAX_PIXEL = 16;
  private static final int IMAGES = 1797;
  private static final int TRAINING_IMAGES = 1437;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Optional<String> standardLocation() {
    return Optional.empty();
  }

  @Override
  public Dataset load(String location) throws IOException {
    List<String> rows;
    try (InputStream in = Digits.class.getResourceAsStream(RESOURCE);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
      rows = reader.lines().toList();
    }
    int[] order = CounterRandom.of(NAME, "split", 0).permutation(IMAGES);
    return Dataset.of(
        NAME,
        images(rows, Arrays.copyOfRange(order, 0, TRAINING_IMAGES)),
        images(rows, Arrays.copyOfRange(order, TRAINING_IMAGES, IMAGES)),
        MAX_PIXEL);
  }

  private static ImageSet images(List<String> rows, int[] examples) {
    int length = SIDE * SIDE;
    byte[] pixels = new byte[examples.length * length];
    byte[] labels = new byte[examples.length];
    for (int i = 0; i < examples.length; i++) {
      String[] numbers = rows.get(examples[i]).split(",", -1);
      for (int j = 0; j < length; j++) {
        pixels[i * length + j] = Byte.parseByte(numbers[j]);
      }
      labels[i] = Byte.parseByte(numbers[length]);
    }
    return new ImageSet(pixels, labels, 1, SIDE, SIDE, CLASSES);
  }
}
