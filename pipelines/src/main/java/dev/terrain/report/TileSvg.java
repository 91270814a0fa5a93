package dev.terrain.report;

import org.jspecify.annotations.Nullable;

/** Draws tiles: a colour or a texture, the printed value and a mark. */
final class TileSvg {

  private static final String GREY = "#80868f";
  private static final String RED = "#c0392b";
  private static final double HATCH = 7;

  private final Svg svg;

  TileSvg(Svg svg) {
    this.svg = svg;
  }

  /** A tile with its text and tooltip. */
  void draw(Tile tile, double x, double y, double width, double height, boolean large) {
    svg.open("g").text("title", tile.tooltip());
    body(tile.fill(), tile.mark(), x, y, width, height);
    String colour = tile.fill() == null ? "currentColor" : tile.fill().text().hex();
    double middle = y + height / 2;
    boolean twoLines = !tile.detail().isEmpty();
    if (!tile.label().isEmpty()) {
      svg.text(
          "text",
          tile.label(),
          "x",
          x + width / 2,
          "y",
          middle + (twoLines ? -1.5 : 4),
          "text-anchor",
          "middle",
          "font-size",
          large ? 13 : 11,
          "font-weight",
          large ? 600 : 400,
          "fill",
          colour);
    }
    if (twoLines) {
      svg.text(
          "text",
          tile.detail(),
          "x",
          x + width / 2,
          "y",
          middle + 12,
          "text-anchor",
          "middle",
          "font-size",
          11,
          "fill",
          colour);
    }
    svg.close();
  }

  /** A tile's colour and mark only, as a legend shows it. */
  void body(
      @Nullable Colour fill, Tile.Mark mark, double x, double y, double width, double height) {
    boolean textured = fill == null;
    svg.leaf(
        "rect",
        "x",
        x + 0.5,
        "y",
        y + 0.5,
        "width",
        width - 1,
        "height",
        height - 1,
        "fill",
        fill == null ? GREY : fill.hex(),
        "fill-opacity",
        textured ? 0.1 : 1,
        "stroke",
        textured ? GREY : "none",
        "stroke-opacity",
        0.35);
    switch (mark) {
      case NOT_MEASURED -> hatch(x, y, width, height);
      case DIVERGED -> cross(x, y, width, height);
      case SOME_DIVERGED -> corner(fill, x, y, width);
      case NONE, NO_LOGARITHM, NO_PHASE -> {}
    }
  }

  /** Lines x + y = c that are cut at the tile's sides. */
  private void hatch(double x, double y, double width, double height) {
    StringBuilder path = new StringBuilder();
    double right = x + width - 1;
    double bottom = y + height - 1;
    double first = Math.ceil((x + y + 2) / HATCH) * HATCH;
    for (double c = first; c < right + bottom; c += HATCH) {
      double x1 = Math.max(x + 1, c - bottom);
      double x2 = Math.min(right, c - y - 1);
      path.append('M').append(Svg.number(x1)).append(' ').append(Svg.number(c - x1));
      path.append('L').append(Svg.number(x2)).append(' ').append(Svg.number(c - x2));
    }
    svg.leaf("path", "d", path, "stroke", GREY, "stroke-opacity", 0.55, "stroke-width", 1);
  }

  private void cross(double x, double y, double width, double height) {
    double arm = Math.min(width, height) * 0.24;
    double u = x + width / 2;
    double v = y + height / 2;
    String path =
        "M"
            + Svg.number(u - arm)
            + " "
            + Svg.number(v - arm)
            + "L"
            + Svg.number(u + arm)
            + " "
            + Svg.number(v + arm)
            + "M"
            + Svg.number(u - arm)
            + " "
            + Svg.number(v + arm)
            + "L"
            + Svg.number(u + arm)
            + " "
            + Svg.number(v - arm);
    svg.leaf("path", "d", path, "stroke", RED, "stroke-width", 2.4, "stroke-linecap", "round");
  }

  private void corner(@Nullable Colour fill, double x, double y, double width) {
    double right = x + width - 0.5;
    String path =
        "M"
            + Svg.number(right - 9)
            + " "
            + Svg.number(y + 0.5)
            + "H"
            + Svg.number(right)
            + "V"
            + Svg.number(y + 9.5)
            + "Z";
    svg.leaf("path", "d", path, "fill", fill == null ? RED : fill.text().hex());
  }
}
