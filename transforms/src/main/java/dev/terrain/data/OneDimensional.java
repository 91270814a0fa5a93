package dev.terrain.data;

import java.util.Optional;

/**
 * Examples for the network {@code one-dimensional}, a part of Terrain: 128 training and 128 test
 * images of one row of five pixels, all of class 0 of 10.
 *
 * <p>The pixels of an image are its difficulty 4j + 2 with j from 0 to 63, its direction (0 or
 * 255), whether the landscape's ripples are in its loss (0 or 255), black (0) and white (255), from
 * which the network reads the others whatever normalised them. Each difficulty is there once with
 * each direction. The training images have the ripples, the test images do not: they are what a
 * training adds to the loss of all images that could be.
 */
final class OneDimensional implements DatasetSource {
  private static final String NAME = "one-dimensional";
  private static final int CLASSES = 10;
  private static final int DIFFICULTIES = 64;
  private static final int PIXELS = 5;
  private static final byte WHITE = (byte) 255;

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
  public Dataset load(String location) throws InvalidDataException {
    return Dataset.of(NAME, images(WHITE), images((byte) 0), Byte.toUnsignedInt(WHITE));
  }

  private static ImageSet images(byte ripples) {
    byte[] pixels = new byte[2 * DIFFICULTIES * PIXELS];
    for (int i = 0; i < 2 * DIFFICULTIES; i++) {
      int at = i * PIXELS;
      pixels[at] = (byte) (4 * difficulty(i / 2) + 2);
      pixels[at + 1] = i % 2 == 0 ? 0 : WHITE;
      pixels[at + 2] = ripples;
      pixels[at + 4] = WHITE;
    }
    return new ImageSet(pixels, new byte[2 * DIFFICULTIES], 1, 1, PIXELS, CLASSES);
  }

  /** With the bits reversed, the first images of the set are spread over all difficulties. */
  private static int difficulty(int place) {
    return Integer.reverse(place) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(DIFFICULTIES));
  }
}
