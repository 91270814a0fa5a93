package dev.terrain.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A data set: images to train on and images to test on, with clean labels.
 *
 * @param name as in a spec
 * @param train the training images in the order of the file, or as drawn
 * @param test the test images, of the same shape and classes
 * @param maxPixel the brightest value that a pixel can have
 * @param pixelMean mean of all pixels of the training images, in units of the bytes
 * @param pixelStandardDeviation standard deviation of the same (divisor: the number of pixels)
 * @param sha256 SHA-256 (hex) of the bytes of training pixels, training labels, test pixels and
 *     test labels, one after the other
 */
public record Dataset(
    String name,
    ImageSet train,
    ImageSet test,
    int maxPixel,
    double pixelMean,
    double pixelStandardDeviation,
    String sha256) {

  /**
   * A data set with mean, deviation and hash computed; sums are exact.
   *
   * @throws InvalidDataException if all pixels of the training images are equal, so that no scale
   *     normalises them
   */
  public static Dataset of(String name, ImageSet train, ImageSet test, int maxPixel)
      throws InvalidDataException {
    long sum = 0;
    long sumOfSquares = 0;
    ByteBuffer pixels = train.pixels();
    long count = pixels.remaining();
    int darkest = 255;
    int brightest = 0;
    while (pixels.hasRemaining()) {
      int pixel = Byte.toUnsignedInt(pixels.get());
      sum += pixel;
      sumOfSquares += (long) pixel * pixel;
      darkest = Math.min(darkest, pixel);
      brightest = Math.max(brightest, pixel);
    }
    if (darkest == brightest) {
      throw new InvalidDataException(
          "data set %s: all %d pixels of its %d training images are %d (mean %d, standard deviation 0), so there is nothing to learn from them; fetch its files again"
              .formatted(name, count, train.size(), darkest, darkest));
    }
    double mean = (double) sum / count;
    double variance = (double) sumOfSquares / count - mean * mean;
    return new Dataset(
        name, train, test, maxPixel, mean, Math.sqrt(Math.max(variance, 0)), sha256(train, test));
  }

  private static String sha256(ImageSet train, ImageSet test) {
    MessageDigest digest = digest();
    for (ImageSet part : new ImageSet[] {train, test}) {
      digest.update(part.pixels());
      digest.update(part.labels());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
