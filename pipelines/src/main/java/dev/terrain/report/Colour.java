package dev.terrain.report;

import java.util.HexFormat;

/**
 * A colour of the sRGB space.
 *
 * @param red in [0, 255]
 * @param green in [0, 255]
 * @param blue in [0, 255]
 */
record Colour(int red, int green, int blue) {

  static final Colour WHITE = new Colour(255, 255, 255);
  static final Colour INK = new Colour(23, 26, 33);

  /** The colour of a hexadecimal code such as {@code #1f6fae}. */
  static Colour of(String hex) {
    int code = Integer.parseInt(hex.substring(1), 16);
    return new Colour(code >> 16, code >> 8 & 0xff, code & 0xff);
  }

  String hex() {
    return "#" + HexFormat.of().toHexDigits((long) red << 16 | green << 8 | blue, 6);
  }

  /** The colour a share t in [0, 1] of the way to another. */
  Colour towards(Colour other, double t) {
    return new Colour(
        between(red, other.red, t), between(green, other.green, t), between(blue, other.blue, t));
  }

  /** Ink or white, whichever has the higher contrast on this colour. */
  Colour text() {
    return contrast(INK) >= contrast(WHITE) ? INK : WHITE;
  }

  /** Contrast ratio of the Web Content Accessibility Guidelines 2, in [1, 21]. */
  double contrast(Colour other) {
    double a = luminance() + 0.05;
    double b = other.luminance() + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static int between(int from, int to, double t) {
    return (int) Math.round(from + (to - from) * t);
  }
}
