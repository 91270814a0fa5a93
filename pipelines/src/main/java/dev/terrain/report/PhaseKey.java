package dev.terrain.report;

import java.util.Map;

/**
 * The phases with their meanings, how many cells are in each, and how confidence is shown.
 *
 * @param cells cells of each phase; a phase that is absent has none
 */
record PhaseKey(Map<Phase, Long> cells) implements Key {

  private static final double GAP = 26;
  private static final double ENTRY = 46;
  private static final double SWATCH = 30;
  private static final double[] CONFIDENCES = {0.25, 0.5, 0.75, 1};

  @Override
  public double width() {
    return GAP + 335;
  }

  @Override
  public double minimumHeight() {
    return ENTRY * Phase.values().length + 44;
  }

  @Override
  public void draw(Svg svg, double x, double y, double height) {
    double left = x + GAP;
    double top = y;
    for (Phase phase : Phase.values()) {
      swatch(svg, left, top, phase.colour());
      svg.text(
          "text",
          phase.label() + "  " + phase.nickname() + count(phase),
          "x",
          left + SWATCH + 10,
          "y",
          top + 13,
          "font-size",
          12.5,
          "font-weight",
          600);
      svg.text(
          "text",
          phase.meaning(),
          "x",
          left + SWATCH + 10,
          "y",
          top + 29,
          "font-size",
          11.5,
          "fill-opacity",
          0.78);
      top += ENTRY;
    }
    confidence(svg, left, top + 4);
  }

  private String count(Phase phase) {
    long n = cells.getOrDefault(phase, 0L);
    return "  \u00b7  " + n + (n == 1 ? " cell" : " cells");
  }

  private static void swatch(Svg svg, double x, double y, Colour colour) {
    svg.leaf(
        "rect", "x", x, "y", y, "width", SWATCH, "height", SWATCH, "rx", 4, "fill", colour.hex());
  }

  private static void confidence(Svg svg, double x, double y) {
    double left = x;
    for (double confidence : CONFIDENCES) {
      Colour fill = Phase.IV_B.colour(confidence);
      svg.leaf("rect", "x", left, "y", y, "width", 40, "height", 18, "fill", fill.hex());
      svg.text(
          "text",
          Decimal.fixed(100 * confidence, 0) + "%",
          "x",
          left + 20,
          "y",
          y + 13,
          "font-size",
          11,
          "text-anchor",
          "middle",
          "fill",
          fill.text().hex());
      left += 41;
    }
    svg.text(
        "text",
        "confidence: paler = less certain",
        "x",
        x,
        "y",
        y + 34,
        "font-size",
        11.5,
        "fill-opacity",
        0.78);
  }
}
