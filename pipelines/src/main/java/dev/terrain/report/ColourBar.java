package dev.terrain.report;

import java.util.function.DoubleFunction;

/**
 * A vertical bar of a scale's colours, high values at the top.
 *
 * @param label how a tick is written
 */
record ColourBar(ColourScale scale, DoubleFunction<String> label) implements Key {

  private static final double GAP = 14;
  private static final double BAR = 13;
  private static final int STEPS = 64;

  /** Room that is kept in any case, so that the figures of a page are equally wide. */
  private static final int USUAL_CHARACTERS = 5;

  @Override
  public double width() {
    int characters =
        scale.ticks().stream().mapToInt(tick -> label.apply(tick).length()).max().orElse(0);
    return GAP + BAR + 8 + 7 * Math.max(characters, USUAL_CHARACTERS);
  }

  @Override
  public double minimumHeight() {
    return 90;
  }

  @Override
  public void draw(Svg svg, double x, double y, double height) {
    double left = x + GAP;
    double step = height / STEPS;
    svg.open("g", "shape-rendering", "crispEdges");
    for (int i = 0; i < STEPS; i++) {
      Colour colour = scale.map().at((STEPS - 0.5 - i) / STEPS);
      svg.leaf(
          "rect", "x", left, "y", y + i * step, "width", BAR, "height", step, "fill", colour.hex());
    }
    svg.close();
    for (double tick : scale.ticks()) {
      double place = y + height * (1 - scale.position(tick));
      svg.leaf(
          "line",
          "x1",
          left + BAR,
          "x2",
          left + BAR + 4,
          "y1",
          place,
          "y2",
          place,
          "stroke",
          "currentColor",
          "stroke-opacity",
          0.6);
      svg.text("text", label.apply(tick), "x", left + BAR + 7, "y", place + 4, "font-size", 11);
    }
  }
}
